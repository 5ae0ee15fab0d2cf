/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The media engine as the rest of Plenum sees it: the admin object behind {@code java:/plenum/Media}. All methods may be
 * called from any thread and none blocks on the network; what has to wait for the engine's loop comes back as a
 * {@link CompletionStage}, completed on that loop: continue with the async methods.
 */
public interface Media {
    /** JNDI name of the admin object. */
    String JNDI = "java:/plenum/Media";

    /** @return a signed access token (JWT, HS256) for LiveKit's client protocol. */
    String accessToken(AccessRequest request);

    /**
     * Judges a request for the media socket before its upgrade, and the same request to {@code /rtc/validate}.
     *
     * @param token the JWT, null when the request had none
     */
    Verdict validate(String token, ConnectParameters parameters);

    /**
     * Opens a signaling session. Call {@link #validate} first: a token that does not pass it ends in a close.
     *
     * @param client where the session's answers go; called on the engine's loop, must not block
     */
    SignalLink connect(String token, ConnectParameters parameters, SignalClient client);

    /** Everybody with a media session in the room; empty for an unknown room. */
    CompletionStage<List<MediaParticipant>> participants(MediaRoomId room);

    /** Ends the session of this identity with PARTICIPANT_REMOVED; nothing happens when there is none. */
    CompletionStage<Boolean> remove(MediaRoomId room, String identity);

    /** Replaces what this identity may publish; takes away tracks that are no longer allowed. False: no such session. */
    CompletionStage<Boolean> allowSources(MediaRoomId room, String identity, Set<TrackSource> sources);

    /** Asks the client of this identity to mute its microphone tracks. False: no such session. */
    CompletionStage<Boolean> muteMicrophone(MediaRoomId room, String identity);

    /** Ends all sessions of the room with ROOM_DELETED. */
    CompletionStage<Void> deleteRoom(MediaRoomId room);

    /**
     * Lets somebody into a room without WebRTC. What is wrong with it comes as {@link LocalPeerEvent.Removed}.
     *
     * @param events called on the engine's loop, must not block
     */
    LocalPeer openLocalPeer(MediaRoomId room, LocalPeerSpec spec, Consumer<LocalPeerEvent> events);

    /**
     * Hears the loudest audio tracks of a room, chosen by the level in their packets (RFC 6464), without those of local peers.
     * Goes on through an empty room.
     *
     * @param maxSpeakers 1 to 16
     * @param sink called on the engine's loop, must not block
     */
    AudioTap openAudioTap(MediaRoomId room, int maxSpeakers, Consumer<AudioTapEvent> sink);

    /** LiveKit's server API (RoomService); every fault is an answer. */
    CompletionStage<ServiceAnswer> serve(ServiceRequest request);

    /** @return TURN servers for clients of this engine (RFC 7065), without name and password; empty for none */
    List<String> relays();

    /** Counters since the start, in a stable order, names in snake_case. */
    MediaStatistics statistics();
}
