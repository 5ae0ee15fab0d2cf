/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.plenum.media.api.LeaveReason;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.RemovalReason;
import org.plenum.media.livekit.LocalSession;

/** A local peer's way into the loop. Any thread. */
final class LocalLink implements LocalPeer {
    /** Packets of one peer that may wait for the loop: more than this is old news. */
    static final int MOST_WAITING = 25;

    private final MediaLoop loop;
    private final LocalPeerSpec spec;
    private final Consumer<LocalPeerEvent> events;
    private final AtomicInteger waiting = new AtomicInteger();
    private LocalSession session; // the loop's

    LocalLink(MediaLoop loop, LocalPeerSpec spec, Consumer<LocalPeerEvent> events) {
        this.loop = loop;
        this.spec = spec;
        this.events = events;
    }

    void enter(MediaRoomId room) {
        if (!loop.post((rooms, nowNs) -> session = rooms.openLocal(room, spec, events, nowNs))) {
            events.accept(new LocalPeerEvent.Removed(RemovalReason.STOPPED));
        }
    }

    @Override
    public void publish(OpusPacket packet) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        boolean posted = loop.post((rooms, nowNs) -> {
            waiting.decrementAndGet();
            if (session != null) {
                session.publish(packet, nowNs);
            }
        });
        if (!posted) {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void mute(boolean muted) {
        loop.mustPost((rooms, nowNs) -> {
            if (session != null) {
                session.mute(muted, nowNs);
            }
        });
    }

    @Override
    public void moveTo(MediaRoomId room) {
        loop.mustPost((rooms, nowNs) -> {
            if (session != null && session.close(nowNs)) {
                session = rooms.openLocal(room, session.spec(spec), events, nowNs);
            }
        });
    }

    @Override
    public void close(LeaveReason reason) {
        loop.mustPost((rooms, nowNs) -> {
            if (session != null) {
                session.close(nowNs);
            }
        });
    }
}
