/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.conference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.event.Admission;
import org.plenum.conference.event.Entrance;
import org.plenum.conference.event.PhoneAnswer;
import org.plenum.conference.live.LiveRooms;
import org.plenum.sip.call.Conference;
import org.plenum.sip.call.SipCall.Verdict;

/** The conferences of this server: the same doors and rules as for everybody else. */
@ApplicationScoped
public class LocalConference implements Conference {
    private static final System.Logger LOG = System.getLogger("org.plenum.sip");

    @Inject
    private Entrance entrance;

    @Inject
    private LiveRooms rooms;

    private record Admitted(Admission admission) implements Entry {
        @Override
        public UUID room() {
            return admission.meeting().room();
        }
    }

    @Override
    public Judgement judge(String id, String pin) {
        try {
            PhoneAnswer answer = entrance.caller(id, pin, UUID.randomUUID().toString()); // every call is a new device
            if (answer instanceof PhoneAnswer.Welcome welcome) {
                return new Judgement(Verdict.RIGHT, Optional.of(new Admitted(welcome.admission())));
            }
            return new Judgement(
                    answer instanceof PhoneAnswer.NotOffered ? Verdict.REFUSED : Verdict.WRONG, Optional.empty());
        } catch (
                RuntimeException
                        broken) { // such as a database that does not answer: the caller is told something sensible
            LOG.log(Level.ERROR, "a call could not be judged", broken);
            return new Judgement(Verdict.BROKEN, Optional.empty());
        }
    }

    /** @throws RuntimeException the meeting is closing, or this node is full */
    @Override
    public Seat enter(Entry entry, String displayName, Guest guest) {
        Admission admission = ((Admitted) entry).admission().called(displayName);
        SeatSocket socket = new SeatSocket(guest);
        String token = rooms.admit(admission, "");
        if (rooms.claim(token).isPresent()) {
            throw new IllegalStateException("the meeting has just ended");
        }
        socket.connected(
                rooms.connect(token, socket).orElseThrow(() -> new IllegalStateException("the meeting has ended")));
        return socket;
    }
}
