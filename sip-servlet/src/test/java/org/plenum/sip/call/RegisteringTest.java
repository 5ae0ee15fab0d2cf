/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plenum.sip.call.Digest.Challenge;
import org.plenum.sip.call.Registering.Step;

class RegisteringTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Trunk.Registration REGISTRATION = new Trunk.Registration(
            "sip.example.org", "udp", "sip.example.org", 300, new Digest.Credentials("u", "p", "sip.example.org"));

    private long nowNs = -9 * SECOND;
    private final Registering registering = new Registering(REGISTRATION, nowNs);

    private static Challenge challenge(String realm, String algorithm) {
        return new Challenge(realm, "n", algorithm, "auth", Optional.empty());
    }

    private static final Challenge OURS = challenge("sip.example.org", "MD5");

    @Test
    void itAsksAtOnceAndAgainAtHalfOfWhatWasGranted() {
        assertTrue(registering.isDue(nowNs));
        assertFalse(registering.isDue(nowNs), "one request at a time");
        assertEquals(Step.WAIT, registering.accepted(120, nowNs));
        assertTrue(registering.isRegistered());
        assertFalse(registering.isDue(nowNs + 59 * SECOND));
        assertTrue(registering.isDue(nowNs + 60 * SECOND));
        registering.accepted(0, nowNs);
        assertFalse(registering.isDue(nowNs + 149 * SECOND));
        assertTrue(registering.isDue(nowNs + 150 * SECOND), "300 were asked for");
        registering.accepted(1_000_000, nowNs);
        assertTrue(registering.isDue(nowNs + 150 * SECOND), "nobody grants that long");
    }

    @Test
    void aChallengeOfOursIsAnsweredOnceAndTheNonceCounts() {
        assertEquals(Step.AGAIN, registering.challenged(List.of(OURS), false, nowNs));
        assertEquals(Optional.of(OURS), registering.challenge());
        assertEquals(1, registering.nextCount());
        registering.accepted(60, nowNs);
        assertEquals(2, registering.nextCount(), "the same nonce again");
        assertEquals(Step.ELSEWHERE, registering.challenged(List.of(OURS), false, nowNs), "the password is wrong");
        assertFalse(registering.isRegistered());
        assertTrue(registering.challenge().isEmpty());
    }

    @Test
    void aStaleNonceIsReplaced() {
        registering.challenged(List.of(OURS), false, nowNs);
        registering.nextCount();
        assertEquals(Step.AGAIN, registering.challenged(List.of(OURS), true, nowNs));
        assertEquals(1, registering.nextCount());
    }

    @Test
    void foreignRealmsAreNotAnswered() {
        assertEquals(Step.ELSEWHERE, registering.challenged(List.of(challenge("evil", "MD5")), false, nowNs));
        assertTrue(registering.challenge().isEmpty());
        assertEquals(Step.ELSEWHERE, registering.challenged(List.of(), false, nowNs));
        Challenge better = challenge("sip.example.org", "SHA-256");
        assertEquals(
                Step.AGAIN, registering.challenged(List.of(challenge("evil", "SHA-256"), OURS, better), false, nowNs));
        assertEquals(Optional.of(better), registering.challenge());
    }

    @Test
    void failuresAreRepeatedMoreAndMoreSeldom() {
        long[] waits = {4, 8, 16, 32, 64, 128, 256, 300, 300};
        for (long wait : waits) {
            assertEquals(Step.ELSEWHERE, registering.failed(nowNs));
            assertFalse(registering.isDue(nowNs + wait * SECOND - 1), "before " + wait);
            assertTrue(registering.isDue(nowNs + wait * SECOND), "after " + wait);
        }
        registering.accepted(60, nowNs);
        registering.failed(nowNs);
        assertTrue(registering.isDue(nowNs + 4 * SECOND), "a success makes it patient again");
    }

    @Test
    void tooBriefIsObeyedWithinReason() {
        assertEquals(Step.AGAIN, registering.tooBrief(1800, nowNs));
        assertEquals(1800, registering.expires());
        assertEquals(Step.ELSEWHERE, registering.tooBrief(1800, nowNs), "that was asked for");
        assertEquals(Step.ELSEWHERE, registering.tooBrief(100_000, nowNs));
        assertEquals(1800, registering.expires());
    }

    @Test
    void placesInTheMenuAreCountedForEachSource() {
        Entries entries = new Entries(8);
        List<Entries.Place> places = new ArrayList<>();
        for (int i = 0; i < Entries.MOST_UNACKNOWLEDGED; i++) {
            assertTrue(entries.begin("a"));
            places.add(entries.place("a"));
        }
        assertFalse(entries.begin("a"), "five are not acknowledged");
        assertTrue(entries.begin("b"));
        places.forEach(Entries.Place::acknowledged);
        places.forEach(Entries.Place::acknowledged);
        for (int i = 0; i < 3; i++) {
            assertTrue(entries.begin("a"));
        }
        assertFalse(entries.begin("a"), "eight are in the menu");
        places.get(0).entered();
        places.get(0).entered();
        assertTrue(entries.begin("a"));
        assertFalse(entries.begin("a"), "one place was given back once");
        assertEquals(2, entries.size());
        Entries.Place other = entries.place("b");
        other.acknowledged();
        other.entered();
        assertEquals(1, entries.size());
        entries.place("unknown").entered();
        assertEquals(1, entries.size());
    }

    @Test
    void trunksKnowTheirPeers() throws Exception {
        Trunk trunk = new Trunk(
                "t",
                List.of(AddressRange.parse("192.0.2.0/24"), AddressRange.parse("::1")),
                false,
                "de",
                Map.of("+4930", "en"),
                Optional.empty(),
                Optional.empty(),
                Protection.Policy.OPTIONAL,
                false);
        assertTrue(trunk.isPeer(InetAddress.getByName("192.0.2.9")));
        assertTrue(trunk.isPeer(InetAddress.getByName("::1")));
        assertEquals("en", trunk.language("+4930"));
        assertEquals("de", trunk.language("+4931"));
        assertFalse(trunk.isPeer(InetAddress.getByName("192.0.3.9")));
    }

    @Test
    void withTrunksStrangersHearNothing() {
        RequestPolicy policy = new RequestPolicy(Set.of("127.0.0.1"), true);
        RequestFacts stranger =
                new RequestFacts("INVITE", "sip", Optional.of("127.0.0.1"), false, List.of(), Optional.empty(), false);
        assertEquals(new Answer.Silence(), policy.judge(stranger));
        RequestFacts known = new RequestFacts(
                "INVITE", "sip", Optional.of("127.0.0.1"), false, List.of("timer", "100REL"), Optional.empty(), true);
        assertEquals(new Answer.Call(), policy.judge(known));
        RequestFacts asking =
                new RequestFacts("OPTIONS", "sip", Optional.of("127.0.0.1"), false, List.of(), Optional.empty(), true);
        assertEquals(new Answer.Abilities(), policy.judge(asking));
    }
}
