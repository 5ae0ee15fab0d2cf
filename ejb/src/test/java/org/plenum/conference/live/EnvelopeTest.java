/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.chat.ChatFactory;
import org.plenum.conference.echo.EchoFactory;

class EnvelopeTest {
    private static final String SAY = "{'namespace':'probe','payload':{'action':'say'}}";
    private static final String PING = "{'namespace':'echo','payload':{'action':'ping'}}";

    private TestRooms rooms;
    private TestRooms.Tab alice;
    private TestRooms.Tab bob;

    @BeforeEach
    void twoMeet() {
        rooms = new TestRooms(new EchoFactory(), new ChatFactory(), Probe.FACTORY);
        alice = rooms.owner("alice");
        bob = rooms.user("bob");
        alice.received();
        bob.received();
    }

    @Test
    @DisplayName("ENV-1 the events of a command carry its transaction id, also those for others")
    void transaction() {
        alice.sends("{'namespace':'probe','transaction_id':7,'payload':{'action':'say'}}");
        assertEquals(7, alice.one("probe.said").getInt("transaction_id"));
        assertEquals(7, bob.one("probe.said").getInt("transaction_id"));
    }

    @Test
    @DisplayName("ENV-1 so do those of the timers and jobs that it starts")
    void transactionLater() {
        alice.sends("{'namespace':'probe','transaction_id':18446744073709551615,'payload':{'action':'later'}}");
        alice.sends("{'namespace':'probe','transaction_id':8,'payload':{'action':'work'}}");
        rooms.passes(Duration.ofSeconds(5));
        List<JsonObject> events = alice.received();
        assertEquals("8", events.get(0).get("transaction_id").toString());
        assertEquals("18446744073709551615", events.get(1).get("transaction_id").toString());
    }

    @Test
    @DisplayName("ENV-2 the error of a refused command carries its transaction id")
    void transactionOfRefusal() {
        alice.sends("{'namespace':'probe','transaction_id':7,'payload':{'action':'refuse'}}");
        JsonObject error = alice.one("probe.no");
        assertEquals(7, error.getInt("transaction_id"));
        assertEquals(List.of(), bob.received());
    }

    @Test
    @DisplayName("ENV-3 a payload that is no command of its namespace is invalid_json, with the transaction id")
    void transactionOfRubbish() {
        alice.sends("{'namespace':'probe','transaction_id':9,'payload':{'action':'dance'}}");
        assertEquals(9, alice.one("error.invalid_json").getInt("transaction_id"));
    }

    @Test
    @DisplayName("ENV-4 without a transaction id the key is absent")
    void noTransaction() {
        alice.sends(SAY);
        assertFalse(alice.one("probe.said").containsKey("transaction_id"));
        alice.sends("{'namespace':'probe','payload':{'action':'refuse'}}");
        assertFalse(alice.one("probe.no").containsKey("transaction_id"));
    }

    @Test
    @DisplayName("ENV-7 a client that floods is told once in 10 s, and every command is handled in order")
    void flood() {
        bob.sendsAtOnce(160, SAY);
        assertTrue(bob.isPaused());
        rooms.passes(Duration.ofSeconds(20));
        List<JsonObject> events = bob.received();
        List<Integer> numbers = events.stream()
                .filter(event -> TestRooms.name(event).equals("probe.said"))
                .map(event -> event.getJsonObject("payload").getInt("number"))
                .toList();
        assertEquals(160, numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            assertEquals(i + 1, numbers.get(i));
        }
        assertFalse(bob.isPaused());
        long warnings = events.stream()
                .filter(event -> TestRooms.name(event).equals("error.slow_down"))
                .count();
        assertEquals(1, warnings);
    }

    @Test
    @DisplayName("ENV-7 a flood delays nobody else, and ends the connection far beyond the limit only")
    void hugeFlood() {
        bob.sendsAtOnce(Flow.QUEUE + Flow.OVERRUN + 31, SAY);
        assertEquals(1008, bob.closeCode());
        alice.received();
        alice.sends(SAY);
        alice.one("probe.said");
    }

    @Test
    @DisplayName("ENV-8 rubbish of one tab is answered to that tab alone")
    void rubbishOfOneTab() {
        TestRooms.Tab second = rooms.user("bob");
        second.received();
        bob.received();
        second.sendsText("no json");
        second.one("error.invalid_json");
        assertEquals(List.of(), bob.received());
    }

    @Test
    @DisplayName("ENV-9 a refusal of a module goes to all tabs of the sender")
    void refusalReachesAllTabs() {
        TestRooms.Tab second = rooms.user("bob");
        second.received();
        bob.received();
        second.sends("{'namespace':'probe','payload':{'action':'refuse'}}");
        second.one("probe.no");
        bob.one("probe.no");
    }

    @Test
    @DisplayName("ENV-9 but that of core to the sending tab only")
    void refusalOfCore() {
        TestRooms.Tab second = rooms.user("bob");
        second.received();
        bob.received();
        second.sends("{'namespace':'core','payload':{'action':'enter_room'}}");
        second.one("core.already_in_room");
        assertEquals(List.of(), bob.received());
    }

    @Test
    @DisplayName("ENV-10 a ping is answered at any time in the meeting")
    void heartbeat() {
        for (int i = 0; i < 3; i++) {
            bob.sends(PING);
            assertEquals(List.of("echo.pong"), bob.names());
            rooms.passes(Duration.ofSeconds(12));
        }
    }

    @Test
    @DisplayName("ECHO-3 a ping does not wait for what the rate limit holds back")
    void heartbeatOvertakes() {
        bob.sendsAtOnce(60, SAY);
        bob.received();
        bob.sends(PING);
        assertEquals(List.of("echo.pong"), bob.names());
    }

    @Test
    @DisplayName("ENV-13 an event reaches all who can be reached")
    void oneIsGone() {
        TestRooms.Tab carol = rooms.user("carol");
        carol.received();
        bob.stopsReading();
        alice.sends(SAY);
        carol.one("probe.said");
    }

    @Test
    @DisplayName("ERR-1 a namespace that does not run is unknown")
    void unknownNamespace() {
        bob.sends("{'namespace':'karaoke','transaction_id':1,'payload':{'action':'sing'}}");
        JsonObject error = bob.one("error.unknown_namespace");
        assertEquals("karaoke", error.getJsonObject("payload").getString("invalid_namespace"));
        assertEquals(1, error.getInt("transaction_id"));
    }

    @Test
    @DisplayName("ERR-2 a payload without the needed fields is invalid_json, with the transaction id")
    void missingFields() {
        bob.sends("{'namespace':'chat','transaction_id':4,'payload':{'action':'send_message','scope':'global'}}");
        JsonObject error = bob.one("error.invalid_json");
        assertEquals(4, error.getInt("transaction_id"));
        assertFalse(error.getJsonObject("payload").containsKey("message_text"));
    }

    @Test
    @DisplayName("ERR-4 an answer of namespace error goes to the sending tab only")
    void errorsOfTheRoom() {
        TestRooms.Tab second = rooms.user("bob");
        second.received();
        bob.received();
        second.sends("{'namespace':'karaoke','payload':{'action':'sing'}}");
        second.one("error.unknown_namespace");
        assertEquals(List.of(), bob.received());
    }

    @Test
    void aFaultClosesTheModuleAndNotTheRoom() {
        bob.sends("{'namespace':'probe','payload':{'action':'fault'}}");
        JsonObject error = alice.payload("error.fatal_module_error");
        assertEquals("probe", error.getString("namespace"));
        bob.received();
        bob.sends(SAY);
        bob.one("error.unknown_namespace");
        bob.sends("{'namespace':'chat','payload':{'action':'send_message','scope':'global','content':'still here'}}");
        alice.one("chat.message_sent");
        TestRooms.Tab carol = rooms.user("carol");
        assertFalse(carol.welcome().getJsonObject("enabled_modules").containsKey("probe"));
    }

    @Test
    void whatAModuleWantedIsForgottenWhenItRefuses() {
        bob.sends("{'namespace':'probe','payload':{'action':'refuse'}}");
        assertEquals(List.of("probe.no"), bob.names());
        assertEquals(List.of(), alice.names());
    }

    @Test
    void jobsComeBackAndFailures() {
        bob.sends("{'namespace':'probe','payload':{'action':'work'}}");
        assertEquals("fruit", bob.payload("probe.done").getString("result"));
        bob.sends("{'namespace':'probe','payload':{'action':'work','fails':true}}");
        bob.one("probe.failed");
    }

    @Test
    void timersAreReplacedAndStopped() {
        bob.sends("{'namespace':'probe','payload':{'action':'later'}}");
        rooms.passes(Duration.ofSeconds(3));
        bob.sends("{'namespace':'probe','payload':{'action':'later'}}");
        rooms.passes(Duration.ofSeconds(4));
        assertEquals(List.of(), bob.names());
        rooms.passes(Duration.ofSeconds(1));
        assertEquals(List.of("probe.rang"), bob.names());
        bob.sends("{'namespace':'probe','payload':{'action':'later'}}");
        bob.sends("{'namespace':'probe','payload':{'action':'never'}}");
        rooms.passes(Duration.ofSeconds(9));
        assertEquals(List.of(), bob.names());
    }
}
