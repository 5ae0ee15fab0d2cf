/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.ice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.BAD_FINGERPRINT;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.CHECKED;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.INCOMPLETE;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.KEEPALIVE;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.NOMINATED;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.NOT_SERVED;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.ROLE_CONFLICT;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.UNAUTHENTICATED;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.UNKNOWN_ATTRIBUTES;
import static org.plenum.media.core.ice.IceLiteAgent.Outcome.VALIDATED;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.ice.IceLiteAgent.Outcome;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

class IceLiteAgentTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] HOST = {(byte) 192, 0, 2, 1};
    private static final byte[] ID = new byte[12];
    private final Credentials local = new Credentials("SRVUfrag", "serverIcePwd0123456789ab");
    private final IceLiteAgent<String> agent = new IceLiteAgent<>(local);
    private final ByteBuffer answer = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
    private final StunView reply = new StunView();
    private long nowNs = Long.MAX_VALUE - SECOND; // the clock may wrap

    private Outcome receive(ByteBuffer message, String path) {
        StunView view = new StunView();
        assertTrue(view.wrap(message, 0, message.limit()));
        Outcome outcome = agent.receive(view, path, HOST, 4711, nowNs, answer);
        assertEquals(0, answer.position());
        assertTrue(answer.limit() == 0 || reply.wrap(answer, 0, answer.limit()));
        return outcome;
    }

    private static ByteBuffer check(Credentials to, String from, boolean nominate) {
        ByteBuffer out = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        StunWriter writer = new StunWriter()
                .begin(out, StunView.BINDING_REQUEST, ID)
                .username((to.ufrag() + ":" + from).getBytes(US_ASCII))
                .priority(1)
                .iceControlling(5);
        if (nominate) {
            writer.useCandidate();
        }
        writer.integrity(new StunIntegrity(to.password().getBytes(US_ASCII))).end();
        return out;
    }

    private Outcome checks(String path) {
        return receive(check(local, "CLIU", false), path);
    }

    private Outcome nominates(String path) {
        return receive(check(local, "CLIU", true), path);
    }

    private void assertSuccess(Credentials under) {
        assertEquals(StunView.BINDING_SUCCESS, reply.type());
        assertArrayEquals(HOST, reply.mappedAddress());
        assertEquals(4711, reply.mappedPort());
        assertTrue(reply.fingerprintIsRight());
        assertTrue(new StunIntegrity(under.password().getBytes(US_ASCII)).verify(reply));
    }

    @Test
    void answersChecksAndFollowsTheNomination() {
        assertEquals(VALIDATED, checks("a"));
        assertSuccess(local);
        assertTrue(agent.knows("a"));
        assertFalse(agent.knows("b"));
        assertNull(agent.selected());
        assertEquals(CHECKED, checks("a"));
        assertSuccess(local);
        assertEquals(NOMINATED, nominates("a"));
        assertSuccess(local);
        assertEquals("a", agent.selected());
        assertEquals(CHECKED, nominates("a"), "said once");
        assertEquals(2, agent.count(CHECKED));
        assertEquals(1, agent.count(NOMINATED));
        assertEquals(0, agent.count(UNAUTHENTICATED));
    }

    @Test
    void takesALaterNomination() {
        assertEquals(NOMINATED, nominates("a"), "the first check may nominate at once");
        assertEquals(NOMINATED, nominates("b"));
        assertEquals("b", agent.selected());
        assertTrue(agent.knows("a"));
        assertEquals(CHECKED, checks("a"), "a check without nomination moves nothing");
        assertEquals("b", agent.selected());
    }

    @Test
    void answersBeforeTheOtherSidesDescriptionIsKnown() {
        assertEquals(VALIDATED, checks("a"));
        agent.remoteUfrag("CLIU");
        assertEquals(CHECKED, checks("a"));
        assertEquals(UNAUTHENTICATED, receive(check(local, "OTHER", true), "a"));
        assertNull(agent.selected());
    }

    @Test
    void consentLastsThirtySecondsFromTheLastCheckOfTheSelectedPath() {
        assertEquals(Long.MAX_VALUE, agent.deadlineNs());
        checks("a");
        assertEquals(Long.MAX_VALUE, agent.deadlineNs(), "nothing is sent before a nomination");
        assertFalse(agent.expired(nowNs + 100 * SECOND));
        nominates("a");
        nowNs += 10 * SECOND;
        checks("b");
        assertEquals(nowNs + 20 * SECOND, agent.deadlineNs(), "a check on another path is no consent to this one");
        checks("a");
        assertEquals(nowNs + 30 * SECOND, agent.deadlineNs());
        assertFalse(agent.expired(nowNs + 30 * SECOND - 1));
        assertTrue(agent.expired(nowNs + 30 * SECOND));
        nowNs += 40 * SECOND;
        checks("a");
        assertFalse(agent.expired(nowNs), "the client is back");
    }

    @Test
    void refusedChecksAreNoConsent() {
        nominates("a");
        nowNs += 31 * SECOND;
        receive(check(new Credentials(local.ufrag(), "x".repeat(24)), "CLIU", true), "a");
        assertTrue(agent.expired(nowNs));
    }

    @Test
    void aRestartKeepsTheOldPathUntilANewOneIsNominated() {
        agent.remoteUfrag("CLIU");
        nominates("a");
        Credentials fresh = new Credentials("NEWU", "newServerPassword0123456");
        agent.restart(fresh);
        assertEquals("a", agent.selected());
        assertEquals(CHECKED, nominates("a"), "the old credentials keep the old path");
        assertSuccess(local);
        assertEquals(VALIDATED, nominates("b"), "but choose no new one");
        assertEquals("a", agent.selected());

        assertEquals(VALIDATED, receive(check(fresh, "CLI2", false), "c"));
        assertSuccess(fresh);
        agent.remoteUfrag("CLI2");
        assertEquals(UNAUTHENTICATED, receive(check(fresh, "CLIU", true), "c"));
        assertEquals(CHECKED, checks("a"), "still good");
        assertEquals(NOMINATED, receive(check(fresh, "CLI2", true), "c"));
        assertEquals("c", agent.selected());
        assertEquals(UNAUTHENTICATED, checks("a"), "the old credentials are gone");
    }

    @Test
    void afterARestartACheckedPathReplacesADeadOneBeforeItIsNominated() {
        nominates("a");
        checks("b");
        nowNs += 2_700_000_000L;
        assertEquals(CHECKED, checks("b"));
        Credentials fresh = new Credentials("NEWU", "newServerPassword0123456");
        agent.restart(fresh);
        assertEquals(VALIDATED, receive(check(fresh, "CLI2", false), "c"), "the first one may be alive");
        nowNs += 200_000_000L;
        assertEquals(CHECKED, checks("b"), "a check from before the restart chooses nothing");
        assertEquals(NOMINATED, receive(check(fresh, "CLI2", false), "c"));
        assertEquals("c", agent.selected());
        nowNs += 100_000_000L;
        assertEquals(VALIDATED, receive(check(fresh, "CLI2", false), "d"));
        assertEquals("c", agent.selected(), "which is alive");
        assertEquals(NOMINATED, receive(check(fresh, "CLI2", true), "d"));
        assertFalse(agent.expired(nowNs + IceLiteAgent.CONSENT_NS - 1));
    }

    @Test
    void aRestartBeforeAnyNominationChoosesNothingByItself() {
        Credentials fresh = new Credentials("NEWU", "newServerPassword0123456");
        checks("a");
        agent.restart(fresh);
        nowNs += 60_000_000_000L;
        assertEquals(CHECKED, receive(check(fresh, "CLI2", false), "a"));
        assertNull(agent.selected());
    }

    @Test
    void aRestartOnTheSamePathEndsTheOldCredentialsToo() {
        nominates("a");
        Credentials fresh = new Credentials("NEWU", "newServerPassword0123456");
        agent.restart(fresh);
        assertEquals(CHECKED, receive(check(fresh, "CLI2", true), "a"));
        assertEquals(UNAUTHENTICATED, checks("a"));
    }

    @Test
    void aRestartBeforeAnyNominationLetsTheOldCredentialsNominate() {
        agent.restart(new Credentials("NEWU", "newServerPassword0123456"));
        assertEquals(NOMINATED, nominates("a"));
    }

    @Test
    void forgetsTheLeastRecentlyCheckedPathBeyondTheLimit() {
        nominates("chosen");
        for (int i = 1; i < IceLiteAgent.MAX_PATHS; i++) {
            assertEquals(VALIDATED, checks("p" + i));
        }
        checks("p1"); // p2 is now the least recently checked
        assertEquals(VALIDATED, checks("another"));
        assertFalse(agent.knows("p2"));
        assertTrue(agent.knows("p1"));
        assertTrue(agent.knows("another"));
        for (int i = 0; i < 1_000; i++) {
            checks("q" + i);
        }
        assertTrue(agent.knows("chosen"), "the selected path stays whatever comes");
        assertEquals("chosen", agent.selected());
        int known = 0;
        for (int i = 0; i < 1_000; i++) {
            known += agent.knows("q" + i) ? 1 : 0;
        }
        assertEquals(IceLiteAgent.MAX_PATHS - 1, known);
    }

    @Test
    void needsRoomForTwoPaths() {
        assertThrows(IllegalArgumentException.class, () -> new IceLiteAgent<>(local, 1));
        IceLiteAgent<String> small = new IceLiteAgent<>(local, 2);
        assertFalse(small.knows("a"));
    }

    @Test
    void aClosedPathIsNoLongerSelected() {
        nominates("a");
        checks("b");
        agent.forget("b");
        assertEquals("a", agent.selected());
        agent.forget("a");
        assertNull(agent.selected());
        assertFalse(agent.knows("a"));
        assertEquals(Long.MAX_VALUE, agent.deadlineNs());
        assertFalse(agent.expired(nowNs + 100 * SECOND));
    }

    @Test
    void twoControlledSidesAreAConflict() {
        ByteBuffer out = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        StunIntegrity key = new StunIntegrity(local.password().getBytes(US_ASCII));
        new StunWriter()
                .begin(out, StunView.BINDING_REQUEST, ID)
                .username("SRVUfrag:CLIU".getBytes(US_ASCII))
                .iceControlled(-1)
                .integrity(key)
                .end();
        assertEquals(ROLE_CONFLICT, receive(out, "a"));
        assertEquals(487, reply.errorCode());
        assertTrue(key.verify(reply), "so that the client may believe it");
        assertFalse(agent.knows("a"));
    }

    @Test
    void indicationsAndAnswersGetNoAnswer() {
        for (int type : new int[] {StunView.BINDING_INDICATION, StunView.BINDING_SUCCESS, StunView.BINDING_ERROR, 3}) {
            ByteBuffer out = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
            new StunWriter().begin(out, type, ID).end();
            assertEquals(type == StunView.BINDING_INDICATION ? KEEPALIVE : NOT_SERVED, receive(out, "a"));
            assertEquals(0, answer.limit());
        }
    }

    @Test
    void anAnswerToAnUnknownSenderIsNoLongerThanWhatItSent() {
        ByteBuffer out = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        new StunWriter().begin(out, StunView.BINDING_REQUEST, ID).end();
        assertEquals(INCOMPLETE, receive(out, "a"));
        assertEquals(0, answer.limit(), "28 octets came");
        new StunWriter().begin(out, StunView.BINDING_REQUEST, ID).priority(1).end();
        assertEquals(INCOMPLETE, receive(out, "a"));
        assertEquals(36, answer.limit(), "36 octets came");
        assertEquals(400, reply.errorCode());
        assertFalse(reply.hasIntegrity());
    }

    @Test
    void damagedChecksChangeNothing() {
        nominates("a");
        nowNs += SECOND;
        long[] before = {agent.deadlineNs()};
        byte[] good = new byte[check(local, "CLIU", true).limit()];
        check(local, "CLIU", true).get(good);
        Outcome[] last = {null};
        Mutations.of(good, 3, mutant -> {
            byte[] message = java.util.Arrays.copyOf(mutant, Math.max(28, mutant.length & ~3));
            ByteBuffer signed = sign(message);
            StunView view = new StunView();
            if (java.util.Arrays.equals(good, message) || !view.wrap(signed, 0, signed.limit())) {
                return;
            }
            last[0] = agent.receive(view, "evil", HOST, 1, nowNs, answer);
            assertFalse(agent.knows("evil") && !last[0].accepted());
            if (!last[0].accepted()) {
                assertEquals("a", agent.selected());
                assertEquals(before[0], agent.deadlineNs());
            }
            agent.forget("evil");
            if (last[0].accepted()) { // damaged behind what is authenticated only: the path that was chosen before is
                // chosen again
                nominates("a");
                before[0] = agent.deadlineNs();
            }
        });
        assertTrue(agent.count(UNAUTHENTICATED) > 0 && agent.count(INCOMPLETE) > 0, "got past the outer checks");
    }

    /** Makes the outer shape right: class bits, length, cookie, and a fingerprint at the end. */
    private static ByteBuffer sign(byte[] message) {
        int length = message.length;
        ByteBuffer b = ByteBuffer.wrap(message);
        b.putShort(0, (short) 1).putShort(2, (short) (length - 20)).putInt(4, 0x2112A442);
        b.putInt(length - 8, 0x80280004);
        var crc = new java.util.zip.CRC32();
        crc.update(message, 0, length - 8);
        return b.putInt(length - 4, (int) crc.getValue() ^ 0x5354554E);
    }

    @Test
    void outcomesThatProveTheSender() {
        for (Outcome outcome : Outcome.values()) {
            assertEquals(outcome == CHECKED || outcome == VALIDATED || outcome == NOMINATED, outcome.accepted());
        }
        assertEquals(BAD_FINGERPRINT, receive(withWrongFingerprint(), "a"));
        assertEquals(0, answer.limit());
        assertEquals(0, agent.count(UNKNOWN_ATTRIBUTES));
    }

    private ByteBuffer withWrongFingerprint() {
        ByteBuffer out = check(local, "CLIU", true);
        return out.put(out.limit() - 1, (byte) (out.get(out.limit() - 1) ^ 1));
    }

    @Test
    void credentialsAreRandomAndOfIceCharacters() {
        SecureRandom random = new SecureRandom();
        Credentials one = Credentials.random(random);
        Credentials other = Credentials.random(random);
        assertNotEquals(one.ufrag(), other.ufrag());
        assertNotEquals(one.password(), other.password());
        assertTrue(one.ufrag().matches("[A-Za-z0-9+/]{12}"));
        assertTrue(one.password().matches("[A-Za-z0-9+/]{24}"));
        assertEquals("(ice)", one.toString());
    }

    @Test
    void credentialsHaveTheLengthsOfRfc8839() {
        assertTrue(Credentials.isUfrag("abcd"));
        assertTrue(Credentials.isUfrag("a".repeat(256)));
        assertFalse(Credentials.isUfrag("abc"));
        assertFalse(Credentials.isUfrag("a".repeat(257)));
        assertFalse(Credentials.isUfrag("abc:"));
        assertFalse(Credentials.isUfrag(null));
        assertEquals("p".repeat(22), new Credentials("abcd", "p".repeat(22)).password());
        assertThrows(IllegalArgumentException.class, () -> new Credentials("abcd", "p".repeat(21)));
        assertThrows(IllegalArgumentException.class, () -> new Credentials("abc", "p".repeat(22)));
    }
}
