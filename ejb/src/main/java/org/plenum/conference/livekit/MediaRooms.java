/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.TrackSource;

/** The rooms of one meeting in the media engine, by the names that clients take apart again (livekit.md). */
final class MediaRooms {
    /** Long enough to connect, too short to be of use to anybody who finds it. */
    static final Duration TOKEN_LIFE = Duration.ofSeconds(32);

    private static final long PATIENCE_SECONDS = 5;
    private final Media media;
    private final UUID meeting;

    MediaRooms(Media media, UUID meeting) {
        this.media = media;
        this.meeting = meeting;
    }

    MediaRoomId name(RoomKind kind) {
        return new MediaRoomId(
                meeting + ":" + (kind instanceof RoomKind.Breakout room ? String.valueOf(room.id()) : "main"));
    }

    static String identity(ParticipantId participant, ConnectionId connection) {
        return participant.value() + ":" + connection.value();
    }

    static String popout(String identity, int number) {
        return identity + "-popout" + number;
    }

    /** @throws CommandRejected the engine is down */
    String token(RoomKind kind, String identity, Set<TrackSource> sources, boolean hidden) throws CommandRejected {
        AccessRequest access = new AccessRequest(
                name(kind), identity, identity, sources, true, !sources.isEmpty(), hidden, TOKEN_LIFE);
        try {
            return media.accessToken(access);
        } catch (RuntimeException engineIsDown) {
            throw new CommandRejected("livekit_unavailable");
        }
    }

    // the rest waits for the engine: for jobs only

    void remove(RoomKind kind, String identity) throws Exception {
        await(media.remove(name(kind), identity));
    }

    void allow(RoomKind kind, String identity, Set<TrackSource> sources) throws Exception {
        await(media.allowSources(name(kind), identity, sources));
    }

    boolean mute(RoomKind kind, String identity) throws Exception {
        return await(media.muteMicrophone(name(kind), identity));
    }

    void delete(RoomKind kind) throws Exception {
        await(media.deleteRoom(name(kind)));
    }

    private static <T> T await(CompletionStage<T> answer) throws Exception {
        return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
