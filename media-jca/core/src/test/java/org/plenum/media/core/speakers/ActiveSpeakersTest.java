/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.speakers;

import static org.junit.jupiter.api.Assertions.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActiveSpeakersTest {
    private static final long MS = 1_000_000L;
    private final ActiveSpeakers<String> speakers = new ActiveSpeakers<>();
    private long now;
    private long timestamp = 0xFFFF_F000L;

    @Test
    void namesWhoSpeaksAndWhoStopped() {
        SpeakerLevel alice = speakers.add("alice", 0);
        speakers.add("bob", 0);
        assertEquals(400 * MS, speakers.deadlineNs());
        assertEquals(Map.of(), speakers.poll(399 * MS));

        packets(alice, 20, 0);
        Map<String, Float> first = window();
        assertEquals(Map.of("alice", 0.75f), first, "two thirds of full, rounded up to eighths");
        packets(alice, 20, 0);
        assertEquals(Map.of("alice", 1f), window());
        packets(alice, 20, 0);
        assertEquals(Map.of(), window(), "only changes");
        packets(alice, 20, 127);
        assertEquals(Map.of("alice", 0.375f), window(), "smoothed");
        float before = 0.375f;
        for (int i = 0; i < 5; i++) {
            packets(alice, 20, 127);
            before = window().getOrDefault("alice", before);
        }
        assertEquals(0f, before);
        assertEquals(0f, alice.level());
        assertEquals(Map.of(), window());
    }

    @Test
    void fortyPercentOfAWindowAtTheThreshold() {
        SpeakerLevel alice = speakers.add("alice", 0);
        packets(alice, 7, 35); // 140 ms
        assertEquals(Map.of(), window());
        packets(alice, 20, 36);
        assertEquals(Map.of(), window(), "not loud enough");
        packets(alice, 20, 35);
        window();
        packets(alice, 20, 35);
        window();
        packets(alice, 20, 35);
        window();
        packets(alice, 8, 20); // 160 ms are enough
        window();
        assertEquals(1 / 8f, alice.level());
    }

    @Test
    void theLoudestPacketCountsLoweredByTheShare() {
        SpeakerLevel whole = speakers.add("whole", 0);
        SpeakerLevel half = speakers.add("half", 0);
        for (int i = 0; i < 8; i++) {
            packets(whole, 19, 30);
            packets(whole, 1, 6); // linear 0.501
            packets(half, 10, 6);
            window();
        }
        assertEquals(0.625f, whole.level(), "0.501 rounds up");
        assertEquals(0.375f, half.level(), "half of 0.501, rounded up");
    }

    @Test
    void theLoudestComeFirst() {
        SpeakerLevel quiet = speakers.add("quiet", 0);
        SpeakerLevel loud = speakers.add("loud", 0);
        packets(quiet, 20, 20);
        packets(loud, 20, 3);
        assertEquals(List.of("loud", "quiet"), List.copyOf(window().keySet()));
    }

    @Test
    void packetsLastAsLongAsTheirTimestampsSay() {
        SpeakerLevel alice = speakers.add("alice", 0);
        for (int i = 0; i < 3; i++) {
            alice.onPacket(10, i * 2880L); // 60 ms each, the first counts 20
        }
        assertEquals(Map.of(), window(), "140 ms");
        for (int i = 3; i < 6; i++) {
            alice.onPacket(10, i * 2880L);
        }
        assertNotEquals(Map.of(), window(), "180 ms");
        SpeakerLevel bob = speakers.add("bob", 0);
        bob.onPacket(10, 0);
        bob.onPacket(10, 48_000); // after a silence of a second: 20 ms
        bob.onPacket(10, 48_000); // the same again: 20 ms
        bob.onPacket(10, 47_000); // late: 20 ms
        window();
        assertEquals(0f, bob.level());
    }

    @Test
    void mutedTracksAreSilentAtTheNextLook() {
        SpeakerLevel alice = speakers.add("alice", 0);
        packets(alice, 20, 0);
        window();
        packets(alice, 20, 0);
        alice.silence();
        assertEquals(Map.of("alice", 0f), window());
    }

    @Test
    void removingTellsWhetherSilenceIsNews() {
        SpeakerLevel alice = speakers.add("alice", 0);
        assertSame(alice, speakers.add("alice", 50));
        packets(alice, 20, 0);
        window();
        speakers.add("bob", now);
        assertTrue(speakers.remove("alice"));
        assertFalse(speakers.remove("alice"));
        assertFalse(speakers.remove("bob"));
        assertEquals(Long.MAX_VALUE, speakers.deadlineNs());
        assertEquals(Map.of(), speakers.poll(now + 10_000 * MS));
        speakers.add("carol", now);
        assertEquals(now + 400 * MS, speakers.deadlineNs());
    }

    /** Packets of 20 ms. */
    private void packets(SpeakerLevel track, int count, int level) {
        for (int i = 0; i < count; i++) {
            timestamp = timestamp + 960 & 0xFFFF_FFFFL;
            track.onPacket(level, timestamp);
        }
    }

    private Map<String, Float> window() {
        now = Math.max(now + 400 * MS, speakers.deadlineNs());
        return speakers.poll(now);
    }
}
