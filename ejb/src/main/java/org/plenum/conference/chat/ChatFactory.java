/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.SignalingModuleFactory;

/** Switches the chat on (chat.md): one for all room kinds, because private and global messages know none. */
@ApplicationScoped
public class ChatFactory implements SignalingModuleFactory {
    private final Optional<RateLimit> rateLimit;
    private final HistoryLimits limits;

    public ChatFactory() {
        this(RateLimit.configured(System.getProperty("plenum.chat.rate-limit", "")), HistoryLimits.USUAL);
    }

    ChatFactory(Optional<RateLimit> rateLimit, HistoryLimits limits) {
        this.rateLimit = rateLimit;
        this.limits = limits;
    }

    @Override
    public String namespace() {
        return "chat";
    }

    @Override
    public Scope scope() {
        return Scope.CONFERENCE;
    }

    @Override
    public SignalingModule open(RoomSettings settings, RoomKind kind) {
        return new Chat(rateLimit, limits);
    }
}
