/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.echo;

import jakarta.enterprise.context.ApplicationScoped;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.SignalingModuleFactory;

/** Switches the heartbeat on (echo.md): in every room, also for those who wait. */
@ApplicationScoped
public class EchoFactory implements SignalingModuleFactory {
    @Override
    public String namespace() {
        return "echo";
    }

    @Override
    public SignalingModule open(RoomSettings settings, RoomKind kind) {
        return new Echo();
    }

    @Override
    public boolean servesWaitingRoom() {
        return true;
    }

    @Override
    public boolean answersAtOnce() {
        return true;
    }
}
