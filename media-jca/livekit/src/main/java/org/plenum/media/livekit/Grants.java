/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.ParticipantInfo.Kind;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.TrackSource;

/**
 * What a token says about its bearer. Its text never shows names.
 *
 * @param identity unique in the room
 * @param attributes free for the application
 * @param sources what may be published; empty means nothing, which a token writes as canPublish false
 * @param publishData carried in tokens and shown to the client; data channels are not built
 */
record Grants(
        String room,
        boolean join,
        boolean createRoom,
        String identity,
        String name,
        String metadata,
        Map<String, String> attributes,
        Kind kind,
        Set<TrackSource> sources,
        boolean subscribe,
        boolean publishData,
        boolean updateOwnMetadata,
        boolean hidden,
        boolean recorder) {
    static final Set<TrackSource> ALL_SOURCES = Set.of(TrackSource.values());

    Grants {
        attributes = Map.copyOf(attributes);
        sources = Set.copyOf(sources);
    }

    /** Of somebody in this server, who needs no token. */
    static Grants local(MediaRoomId room, LocalPeerSpec spec) {
        return new Grants(
                room.value(),
                true,
                true,
                spec.identity(),
                spec.name(),
                "",
                Map.of(),
                Kind.valueOf(spec.kind().name()),
                spec.mayPublish(),
                false,
                false,
                false,
                false,
                false);
    }

    Grants withSources(Set<TrackSource> allowed) {
        return withRights(allowed, subscribe, publishData, updateOwnMetadata);
    }

    /** The same rights with other things said about the person. */
    Grants withProfile(String newName, String newMetadata, Map<String, String> newAttributes) {
        return new Grants(
                room,
                join,
                createRoom,
                identity,
                newName,
                newMetadata,
                newAttributes,
                kind,
                sources,
                subscribe,
                publishData,
                updateOwnMetadata,
                hidden,
                recorder);
    }

    /** The same person with other rights. */
    Grants withRights(
            Set<TrackSource> newSources, boolean newSubscribe, boolean newPublishData, boolean newUpdateOwnMetadata) {
        return new Grants(
                room,
                join,
                createRoom,
                identity,
                name,
                metadata,
                attributes,
                kind,
                newSources,
                newSubscribe,
                newPublishData,
                newUpdateOwnMetadata,
                hidden,
                recorder);
    }

    @Override
    public String toString() {
        return "(grants " + sources + ")";
    }
}
