/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitRtc.ConnectionQualityInfo;
import livekit.LivekitRtc.ConnectionQualityUpdate;
import livekit.LivekitRtc.SignalResponse;

/** Looks every five seconds how everybody is connected, and tells what has changed to those whom it concerns. */
final class Qualities {
    private static final long EVERY_NS = 5 * Surroundings.SECOND;

    private final SignalRoom room;
    private final Map<Participant, Quality> known = new HashMap<>();
    private final Set<Participant> told = new HashSet<>(); // have heard of everybody once
    private final Deadline due = new Deadline();

    Qualities(SignalRoom room) {
        this.room = room;
    }

    void begin(long nowNs) {
        due.by(nowNs + EVERY_NS);
        room.wake(due);
    }

    void forget(Participant gone) {
        known.remove(gone);
        told.remove(gone);
    }

    void poll(long nowNs) {
        List<Participant> active =
                room.participants().stream().filter(Participant::isActive).toList();
        if (due.take(nowNs)) {
            Set<Participant> changed = new HashSet<>();
            for (Participant one : active) {
                if (known.computeIfAbsent(one, p -> new Quality()).look(one.sending(), one.receiving())) {
                    changed.add(one);
                }
            }
            active.forEach(to -> tell(to, active, changed));
            if (!active.isEmpty()) {
                due.at(nowNs + EVERY_NS);
            }
        }
        due.tell(room.deadline());
    }

    private void tell(Participant to, List<Participant> active, Set<Participant> changed) {
        boolean everything = told.add(to);
        List<ConnectionQualityInfo> infos = active.stream()
                .filter(about -> everything || changed.contains(about))
                .filter(about -> about == to || !about.isHidden() && to.receivesFrom(about))
                .map(about -> known.get(about).info(about.sid()))
                .toList();
        if (!infos.isEmpty()) {
            to.outlet()
                    .send(SignalResponse.newBuilder()
                            .setConnectionQuality(
                                    ConnectionQualityUpdate.newBuilder().addAllUpdates(infos)));
        }
    }
}
