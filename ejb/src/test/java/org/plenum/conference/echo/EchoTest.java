/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.conference.signaling.TestMeeting.names;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.signaling.TestMeeting;

class EchoTest {
    private static final String PING = "{'action':'ping'}";
    private final TestMeeting meeting = new TestMeeting(new EchoFactory());

    @Test
    @DisplayName("ECHO-1 a ping is answered, to the tab that sent it")
    void ping() {
        TestMeeting.Tab bob = meeting.user("Bob");
        TestMeeting.Tab second = bob.opensSecondTab();
        bob.sends(PING);
        assertEquals(List.of("pong"), names(bob.received()));
        assertEquals(List.of(), second.received());
    }

    @Test
    void waitsForNobodyAndServesThoseWhoWait() {
        assertTrue(new EchoFactory().answersAtOnce());
        assertTrue(new EchoFactory().servesWaitingRoom());
    }

    @Test
    void anythingElseIsRubbish() {
        TestMeeting.Tab bob = meeting.user("Bob");
        bob.sends("{'action':'pong'}");
        assertEquals("invalid_json", bob.received().get(0).getString("error"));
    }
}
