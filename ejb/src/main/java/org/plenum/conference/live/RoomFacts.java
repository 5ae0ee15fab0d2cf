/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.plenum.conference.event.Admission;
import org.plenum.conference.room.RoomParametersChanged;

/** What the room knows of its meeting from the database, as it was told last. The room's thread only. */
final class RoomFacts {
    private Admission.Meeting meeting;
    private Optional<Instant> firstJoin = Optional.empty();

    RoomFacts(Admission.Meeting meeting) {
        this.meeting = meeting;
    }

    Admission.Meeting meeting() {
        return meeting;
    }

    /** A later start request has read the database anew. */
    void read(Admission.Meeting newer) {
        meeting = newer;
    }

    void changed(RoomParametersChanged change) {
        meeting = new Admission.Meeting(
                meeting.room(),
                change.password().orElse(meeting.password()),
                meeting.owner(),
                meeting.tariff(),
                meeting.modules(),
                meeting.disabledFeatures(),
                meeting.event()
                        .map(event -> new Admission.EventSummary(
                                event.id(),
                                change.title().orElse(event.title()),
                                event.adhoc(),
                                event.e2eEncryption())),
                meeting.details(),
                change.detailsPublic(),
                meeting.waitingRoom());
    }

    /** The clock of the time limit starts with the first one. */
    void joined(Instant now) {
        firstJoin = firstJoin.or(() -> Optional.of(now));
    }

    Optional<Instant> firstJoin() {
        return firstJoin;
    }

    Optional<Instant> closesAt() {
        return firstJoin.flatMap(
                start -> meeting.tariff().timeLimitSeconds().map(seconds -> start.plus(Duration.ofSeconds(seconds))));
    }
}
