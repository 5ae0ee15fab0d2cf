/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.it.signaling.TestMeetings.ping;
import static org.plenum.it.signaling.TestMeetings.say;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.it.support.Rest;
import org.plenum.it.support.Signaling;

/** What only a running server can show of signaling: upgrades, sockets, their limits. */
class SignalingIT {
    private final TestMeetings meeting = TestMeetings.planned();

    @Test
    @DisplayName("CORE-2 two meet over real sockets, and write to each other")
    void twoMeet() {
        try (Signaling alice = meeting.enter("alice")) {
            Signaling guest = meeting.enterAsGuest("Gast Nord");
            JsonObject welcome = guest.await("core", "join_success").getJsonObject("payload");
            assertEquals("guest", welcome.getString("role"));
            assertEquals(1, welcome.getJsonArray("participants").size());
            JsonObject media = welcome.getJsonObject("module_data").getJsonObject("livekit");
            assertEquals(meeting.room() + ":main", media.getString("room"));
            assertTrue(media.getString("public_url").endsWith("/livekit"));
            int verdict = Rest.anonymous()
                    .get("/livekit/rtc/validate?protocol=17&access_token=" + media.getString("token"))
                    .status();
            assertEquals(200, verdict);

            alice.await("core", "participant_connected");
            guest.send("chat", 5, say("Guten Morgen"));
            JsonObject heard = alice.await("chat", "message_sent");
            assertEquals("Guten Morgen", heard.getJsonObject("payload").getString("content"));
            assertEquals(5, heard.getInt("transaction_id"));
            guest.close();
            JsonObject gone = alice.await("core", "participant_disconnected").getJsonObject("payload");
            assertEquals("leave", gone.getString("reason"));
        }
    }

    @Test
    @DisplayName("CORE-9 two tabs of one person know each other")
    void twoTabs() {
        try (Signaling first = meeting.enter("alice");
                Signaling second = meeting.enter("alice")) {
            JsonObject one = first.await("core", "join_success").getJsonObject("payload");
            JsonObject two = second.await("core", "join_success").getJsonObject("payload");
            assertEquals(one.getString("id"), two.getString("id"));
            assertEquals(
                    one.getString("connection_id"),
                    two.getJsonArray("connections").getJsonObject(0).getString("connection_id"));
            assertEquals(
                    two.getString("connection_id"),
                    first.await("core", "participant_connected")
                            .getJsonObject("payload")
                            .getString("connection_id"));
        }
    }

    @Test
    @DisplayName("ENV-11 a used token is refused before the upgrade")
    void usedToken() {
        String ticket = meeting.ticket("alice");
        assertEquals(101, Signaling.statusOfUpgrade(ticket));
        assertEquals(401, Signaling.statusOfUpgrade(ticket));
        assertEquals(401, Signaling.statusOfUpgrade(UUID.randomUUID().toString()));
    }

    @Test
    void pagesOfForeignOriginsAreRefused() {
        assertEquals(403, Signaling.statusOfUpgrade(meeting.ticket("alice"), "Origin", "https://evil.example"));
    }

    @Test
    void aBearerTokenAtTheSocketChangesNothing() {
        assertEquals(101, Signaling.statusOfUpgrade(meeting.ticket("alice"), "Authorization", "Bearer garbage"));
    }

    @Test
    @DisplayName("ENV-7 a flood is handled in order, and answered with one warning")
    void flood() {
        try (Signaling alice = meeting.enter("alice")) {
            alice.await("core", "join_success");
            for (int i = 0; i < 150; i++) {
                alice.send("chat", say("m" + i));
            }
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                order.add(alice.await("chat", "message_sent")
                        .getJsonObject("payload")
                        .getString("content"));
            }
            for (int i = 0; i < 150; i++) {
                assertEquals("m" + i, order.get(i));
            }
            alice.awaitError("slow_down");
            long further = alice.drain(Duration.ofMillis(300)).stream()
                    .filter(event -> event.getString("namespace").equals("error"))
                    .count();
            assertTrue(further <= 1, further + " more warnings in 12 s");
        }
    }

    @Test
    void aFloodHoldsNobodyElseUp() {
        try (Signaling alice = meeting.enter("alice");
                Signaling flooding = meeting.enterAsGuest("Flood")) {
            flooding.await("core", "join_success");
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; i < 20_000; i++) {
                        flooding.send("chat", say("x".repeat(1_000)));
                    }
                } catch (CompletionException ended) { // the test has seen enough
                    Thread.currentThread().interrupt();
                }
            });
            flood.start();
            List<Long> milliseconds = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long before = System.nanoTime();
                alice.send("echo", ping());
                alice.await("echo", "pong");
                milliseconds.add((System.nanoTime() - before) / 1_000_000);
            }
            flooding.abort();
            milliseconds.sort(null);
            assertTrue(milliseconds.get(18) < 200, milliseconds.toString());
            alice.await("core", "participant_disconnected");
        }
    }

    @Test
    @DisplayName("ENV-10 a ping is answered over the socket")
    void heartbeat() {
        try (Signaling alice = meeting.enter("alice")) {
            alice.send("echo", ping());
            alice.await("echo", "pong");
        }
    }

    @Test
    @DisplayName("ENV-15 a client that does not read is dropped, and the others see the connection lost")
    void slowClient() {
        List<Signaling> tabs = new ArrayList<>();
        try (RawSocket slow = new RawSocket(meeting.guestTicket("Sleeper"), 4096)) {
            for (int i = 0; i < 8; i++) {
                tabs.add(meeting.enter("alice"));
                tabs.get(i).await("core", "join_success");
            }
            slow.send(0x81, "{}".getBytes(StandardCharsets.US_ASCII)); // it can still talk
            String large = "x".repeat(16_000);
            for (int message = 0; message < 60; message++) {
                for (Signaling tab : tabs) {
                    tab.send("chat", say(large));
                }
            }
            JsonObject gone =
                    tabs.get(0).await("core", "participant_disconnected").getJsonObject("payload");
            assertEquals("connection_lost", gone.getString("reason"));
            assertTrue(tabs.stream().allMatch(Signaling::isOpen));
        } finally {
            tabs.forEach(Signaling::close);
        }
    }

    @Test
    void aMessageBeyondTheLimitClosesWith1009() {
        try (Signaling alice = meeting.enter("alice")) {
            alice.await("core", "join_success");
            alice.sendText("{\"namespace\":\"chat\",\"payload\":{\"content\":\"" + "a".repeat(1 << 20) + "\"}}");
            assertEquals(1009, alice.awaitClose().code());
        }
    }

    @Test
    void rubbishIsAnsweredAndBinaryIgnored() {
        try (Signaling alice = meeting.enter("alice")) {
            alice.await("core", "join_success");
            alice.sendText("[".repeat(100_000) + "]".repeat(100_000));
            alice.awaitError("invalid_json");
            alice.sendBinary(new byte[] {1, 2, 3});
            alice.send("echo", ping());
            alice.await("echo", "pong");
        }
    }

    @Test
    void brokenTextClosesWith1007() {
        try (RawSocket broken = new RawSocket(meeting.ticket("alice"), 65_536)) {
            broken.send(0x81, new byte[] {(byte) 0xC0, (byte) 0x80});
            assertEquals(1007, broken.awaitClose());
        }
    }

    @Test
    void anUnmaskedFrameClosesWith1002() {
        try (RawSocket broken = new RawSocket(meeting.ticket("alice"), 65_536)) {
            broken.sendUnmasked("Hello".getBytes(StandardCharsets.US_ASCII));
            assertEquals(1002, broken.awaitClose());
        }
    }

    @Test
    void deletingTheRoomEndsTheMeeting() {
        try (Signaling alice = meeting.enter("alice")) {
            alice.await("core", "join_success");
            meeting.delete();
            JsonObject closing = alice.await("core", "closing").getJsonObject("payload");
            assertEquals("room_deleted", closing.getString("reason"));
            assertEquals(1000, alice.awaitClose().code());
        }
    }

    @Test
    void whoBreaksOffIsSeenToBeLostAndComesBackAsTheSame() {
        try (Signaling alice = meeting.enter("alice")) {
            Signaling guest = meeting.enterAsGuest("Gast");
            String id =
                    guest.await("core", "join_success").getJsonObject("payload").getString("id");
            guest.abort();
            JsonObject gone = alice.await("core", "participant_disconnected").getJsonObject("payload");
            assertEquals(id, gone.getString("participant_id"));
            assertEquals("connection_lost", gone.getString("reason"));
            try (Signaling again = meeting.enterAsGuest("Gast")) {
                assertEquals(
                        id,
                        again.await("core", "join_success")
                                .getJsonObject("payload")
                                .getString("id"));
            }
        }
    }
}
