/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.SignalingModuleFactory;
import org.plenum.media.api.Media;

/**
 * Switches media on (livekit.md): one object for all room kinds, because permission to share the screen follows a person
 * from room to room. Property {@code plenum.screen-share-requires-permission} (default true): only moderators share
 * their screen unasked.
 */
@ApplicationScoped
public class LiveKitFactory implements SignalingModuleFactory {
    @Resource(lookup = Media.JNDI)
    private Media media;

    private final boolean sharingNeedsPermission;

    public LiveKitFactory() {
        this(null, Boolean.parseBoolean(System.getProperty("plenum.screen-share-requires-permission", "true")));
    }

    LiveKitFactory(Media media, boolean sharingNeedsPermission) {
        this.media = media;
        this.sharingNeedsPermission = sharingNeedsPermission;
    }

    @Override
    public String namespace() {
        return "livekit";
    }

    @Override
    public Scope scope() {
        return Scope.CONFERENCE;
    }

    @Override
    public SignalingModule open(RoomSettings settings, RoomKind kind) {
        return new LiveKit(new MediaRooms(media, settings.room()), sharingNeedsPermission);
    }
}
