/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitRtc.ParticipantUpdate;
import livekit.LivekitRtc.SignalResponse;

/**
 * Collects who has changed and tells it in one message (contract livekit.md section 13): publishers and those who leave with the
 * next poll, listeners of a large room after up to three seconds, so that a thousand people can arrive.
 */
final class Updates {
    private static final long LISTENERS_NS = 3 * Surroundings.SECOND;
    private static final int LARGE_ROOM = 30;

    private final SignalRoom room;
    private final Set<Participant> toThemselves = new LinkedHashSet<>();
    private final Set<Participant> toOthers = new LinkedHashSet<>();
    private final Set<Participant> toOthersLater = new LinkedHashSet<>();
    private final Deadline laterDue = new Deadline();

    Updates(SignalRoom room) {
        this.room = room;
    }

    /** Also to the participant itself: what it cannot know. */
    void tellAll(Participant changed) {
        toThemselves.add(changed);
        room.wakeSoon();
        tellOthers(changed);
    }

    void tellOthers(Participant changed) {
        boolean listener = !changed.isPublisher() && !changed.isGone();
        if (listener && room.participants().size() > LARGE_ROOM && !toOthers.contains(changed)) {
            toOthersLater.add(changed);
            laterDue.by(room.nowNs() + LISTENERS_NS);
            room.wake(laterDue);
        } else {
            toOthersLater.remove(changed);
            toOthers.add(changed);
            room.wakeSoon();
        }
    }

    /** Sends what is due; must come before any offer that names a new track. */
    void flush(long nowNs) {
        if (laterDue.take(nowNs)) {
            toOthers.addAll(toOthersLater);
            toOthersLater.clear();
        }
        laterDue.tell(room.deadline());
        if (toOthers.isEmpty() && toThemselves.isEmpty()) {
            return;
        }
        byte[] forMost = message(toOthers.stream().filter(p -> !p.isHidden()));
        for (Participant to : room.participants()) {
            boolean concerned = toOthers.contains(to) || toThemselves.contains(to);
            byte[] message = concerned ? message(changedFor(to)) : forMost;
            if (message.length > 0) {
                to.outlet().send(message);
            }
        }
        toOthers.clear();
        toThemselves.clear();
    }

    private Stream<Participant> changedFor(Participant to) {
        Stream<Participant> others = toOthers.stream().filter(p -> p != to && !p.isHidden());
        return toThemselves.contains(to) ? Stream.concat(others, Stream.of(to)) : others;
    }

    /** @return no bytes when nobody changed */
    private static byte[] message(Stream<Participant> changed) {
        ParticipantUpdate.Builder update = ParticipantUpdate.newBuilder();
        changed.forEach(p -> update.addParticipants(p.info()));
        return update.getParticipantsCount() == 0
                ? new byte[0]
                : SignalResponse.newBuilder().setUpdate(update).build().toByteArray();
    }
}
