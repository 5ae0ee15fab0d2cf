/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;

/**
 * The time between the loss of a socket and the next one of the same session, while media goes on (contract livekit.md section
 * 14.2). Others can only be seen to leave while somebody listens, so they are kept until then.
 */
final class Absence {
    private static final long PATIENCE_NS = 20 * Surroundings.SECOND; // what ICE waits, and five seconds
    private static final int MOST_LEFT = 1000;

    private final Deadline over = new Deadline();
    private final List<ParticipantInfo> left = new ArrayList<>();

    void begin(long nowNs) {
        left.clear();
        over.at(nowNs + PATIENCE_NS);
    }

    boolean isOn() {
        return over.isSet();
    }

    /** Set during an absence. */
    Deadline deadline() {
        return over;
    }

    /** Somebody left meanwhile. */
    void missed(ParticipantInfo gone) {
        if (left.size() <= MOST_LEFT) {
            left.add(gone);
        }
    }

    /** Whether too much has happened for the session to go on. */
    boolean isTooMuch() {
        return left.size() > MOST_LEFT;
    }

    /** @return who left meanwhile */
    List<ParticipantInfo> end() {
        over.clear();
        List<ParticipantInfo> gone = List.copyOf(left);
        left.clear();
        return gone;
    }
}
