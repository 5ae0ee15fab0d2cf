/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;
import org.plenum.conference.event.Admission;

/** The door to the meetings that run on this node. Any thread. */
@ApplicationScoped
public class LiveRooms {
    private static final int OPEN_TICKETS = 10_000;
    private final Tickets tickets = new Tickets(InstantSource.system(), OPEN_TICKETS);

    /**
     * Lets somebody in whom the rules of the room allow to enter.
     *
     * @param publicBaseUrl the server's address as this client sees it, without a slash at its end
     * @return a token that opens the signaling socket once, within 30 s
     * @throws MeetingUnavailable the meeting runs elsewhere, is closing, or this node is full
     */
    public String admit(Admission admission, String publicBaseUrl) {
        return tickets.issue(admission, publicBaseUrl);
    }

    /**
     * Whether this device was let into the running meeting already and need not know the room's password again
     * (rest.md section 8.4): for 10 minutes after its last connection, unless it was removed or the password changed.
     */
    public boolean knows(UUID room, String deviceSecret) {
        return false;
    }

    /** Whether this account was banned from the running meeting; HTTP 403. */
    public boolean banned(UUID room, UUID account) {
        return false;
    }
}
