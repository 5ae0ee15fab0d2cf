/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

/**
 * The answering half of ICE, which is all that a server with a public port needs (RFC 8445 sections 2.5 and 7.3, lite
 * implementation, always controlled). The client checks the paths and nominates one; we answer and follow. A later
 * nomination replaces an earlier one at once: Firefox nominates every pair it checks, and Chromium moves on when its network
 * changes.
 *
 * <p>Consent (RFC 7675) is kept from the other end: the client's own checks on the nominated path prove that it still wants
 * what we send. Without one for 30 s the path is {@link #expired}.
 *
 * <p>One thread at a time. Time is {@code nowNs}, any monotonic clock.
 *
 * @param <P> what a path is to the caller: compared by {@code equals}, kept as long as it is known here
 */
public final class IceLiteAgent<P> {
    /** RFC 7675 section 5.1. */
    public static final long CONSENT_NS = 30_000_000_000L;
    /** Paths known at a time, unless told otherwise: a client with four addresses checks about as many. */
    public static final int MAX_PATHS = 16;

    /** A path in use is checked more often by those clients that check it more often than consent needs. */
    private static final long DEAD_NS = 2_800_000_000L;

    /** What came of a message. */
    public enum Outcome {
        /** A good check on a known path; answered. */
        CHECKED,
        /** The first good check on this path: datagrams from there are the client's. Answered. */
        VALIDATED,
        /** This path is now {@link IceLiteAgent#selected}, and known if it was not. Answered. */
        NOMINATED,
        /** A keepalive (binding indication); nothing to answer. */
        KEEPALIVE,
        /** Not a binding request: a response nobody asked for, or a method not served here. Dropped. */
        NOT_SERVED,
        /** FINGERPRINT missing or wrong: dropped. */
        BAD_FINGERPRINT,
        /** No USERNAME or MESSAGE-INTEGRITY: answered with 400 when that is no longer than the request. */
        INCOMPLETE,
        /** Another's user name or a wrong password: answered with 401 under the same condition. */
        UNAUTHENTICATED,
        /** Requires attributes that we do not know: answered with 420. */
        UNKNOWN_ATTRIBUTES,
        /** The client takes itself for controlled, as we are: answered with 487 (RFC 8445 section 7.3.1.1). */
        ROLE_CONFLICT;

        /** The sender has proven that it knows the password, and its address is true. */
        public boolean accepted() {
            return this == CHECKED || this == VALIDATED || this == NOMINATED;
        }
    }

    /** What belongs together between two ICE restarts. */
    private static final class Generation {
        final byte[] localUfrag;
        final StunIntegrity integrity;
        byte[] remoteUfrag; // null until the other side's description is known

        Generation(Credentials local) {
            localUfrag = octets(local.ufrag());
            integrity = new StunIntegrity(octets(local.password()));
        }
    }

    private final Map<P, Boolean> paths = new LinkedHashMap<>(16, 0.75f, true); // least recently checked first
    private final int maxPaths;
    private final StunWriter writer = new StunWriter();
    private final long[] counts = new long[Outcome.values().length];
    private Generation current;
    private Generation previous; // until the first nomination after a restart
    private P selected;
    private long consentUntilNs;

    public IceLiteAgent(Credentials local) {
        this(local, MAX_PATHS);
    }

    /** @param maxPaths at least 2: the selected path and one that may become it */
    public IceLiteAgent(Credentials local, int maxPaths) {
        if (maxPaths < 2) {
            throw new IllegalArgumentException("maxPaths " + maxPaths + " is below 2");
        }
        this.maxPaths = maxPaths;
        current = new Generation(local);
    }

    /** The other side's fragment, from its description. Before that is known any is taken, the password decides. */
    public void remoteUfrag(String ufrag) {
        current.remoteUfrag = octets(ufrag);
    }

    /**
     * ICE restart (RFC 8445 section 9). Checks with the old credentials stay good, and the selected path stays in use, until
     * a path is nominated with the new ones, or is checked with them while the selected one is dead. {@link #remoteUfrag} is to be told
     * again.
     */
    public void restart(Credentials local) {
        previous = current;
        current = new Generation(local);
    }

    /**
     * Handles a STUN message that came over a path.
     *
     * @param message wrapped without complaint
     * @param address 4 or 16 octets of the source, told back to the client
     * @param port of the source
     * @param answer cleared; afterwards holds what to send back over the same path, from 0 to its limit, often nothing. Has
     *     room for {@link StunWriter#MAX_LENGTH} octets
     */
    public Outcome receive(StunView message, P path, byte[] address, int port, long nowNs, ByteBuffer answer) {
        answer.clear().limit(0);
        Generation generation = generationOf(message);
        Outcome refusal = refusal(message, generation);
        Outcome outcome = refusal != null ? refusal : accept(message, generation, path, nowNs);
        counts[outcome.ordinal()]++;
        switch (outcome) {
            case CHECKED, VALIDATED, NOMINATED ->
                writer.begin(answer, StunView.BINDING_SUCCESS, message)
                        .xorMappedAddress(address, port)
                        .integrity(generation.integrity)
                        .end();
            case INCOMPLETE -> refuse(message, 400, answer);
            case UNAUTHENTICATED -> refuse(message, 401, answer);
            case UNKNOWN_ATTRIBUTES ->
                writer.begin(answer, StunView.BINDING_ERROR, message)
                        .errorCode(420)
                        .unknownAttributes(message)
                        .integrity(generation.integrity)
                        .end();
            case ROLE_CONFLICT ->
                writer.begin(answer, StunView.BINDING_ERROR, message)
                        .errorCode(487)
                        .integrity(generation.integrity)
                        .end();
            default -> {} // silence
        }
        return outcome;
    }

    /** Cheapest first. The order of the answers is that of RFC 8489 sections 6.3 and 9.1.3. */
    private static Outcome refusal(StunView message, Generation generation) {
        if (!message.fingerprintIsRight()) {
            return Outcome.BAD_FINGERPRINT;
        }
        if (message.type() != StunView.BINDING_REQUEST) {
            return message.type() == StunView.BINDING_INDICATION ? Outcome.KEEPALIVE : Outcome.NOT_SERVED;
        }
        if (!message.hasUsername() || !message.hasIntegrity()) {
            return Outcome.INCOMPLETE;
        }
        if (generation == null || !generation.integrity.verify(message)) {
            return Outcome.UNAUTHENTICATED;
        }
        if (message.unknownRequired() > 0) {
            return Outcome.UNKNOWN_ATTRIBUTES;
        }
        return message.iceControlled() ? Outcome.ROLE_CONFLICT : null;
    }

    private Generation generationOf(StunView message) {
        if (message.usernameIs(current.localUfrag, current.remoteUfrag)) {
            return current;
        }
        return previous != null && message.usernameIs(previous.localUfrag, previous.remoteUfrag) ? previous : null;
    }

    private Outcome accept(StunView message, Generation generation, P path, long nowNs) {
        boolean known = paths.putIfAbsent(path, Boolean.TRUE) != null;
        if (!known && paths.size() > maxPaths) {
            forgetOne(path);
        }
        boolean follows = message.useCandidate() ? !isLate(generation) : isWayOut(generation, nowNs);
        boolean nominated = follows && !path.equals(selected);
        if (nominated) {
            selected = path;
        }
        if (message.useCandidate() && generation == current) {
            previous = null;
        }
        if (path.equals(selected)) {
            consentUntilNs = nowNs + CONSENT_NS;
        }
        if (nominated) {
            return Outcome.NOMINATED;
        }
        return known ? Outcome.CHECKED : Outcome.VALIDATED;
    }

    /** After a restart the old credentials keep the old path alive but do not choose a new one. */
    private boolean isLate(Generation generation) {
        return generation == previous && selected != null;
    }

    /**
     * After a restart because the selected path is dead, any other that is checked is better than to wait for its nomination: Chromium
     * nominates a path that it has begun to use with its next check, 2.5 s later.
     */
    private boolean isWayOut(Generation generation, long nowNs) {
        boolean restarted = previous != null && generation == current && selected != null;
        return restarted && nowNs - (consentUntilNs - CONSENT_NS) >= DEAD_NS;
    }

    private void forgetOne(P newest) {
        for (P path : paths.keySet()) {
            if (!path.equals(selected) && !path.equals(newest)) {
                paths.remove(path);
                return;
            }
        }
    }

    /** Unauthenticated senders may have lied about their address: what it gets is never more than what came. */
    private void refuse(StunView message, int code, ByteBuffer answer) {
        writer.begin(answer, StunView.BINDING_ERROR, message).errorCode(code).end();
        if (answer.limit() > message.length()) {
            answer.limit(0);
        }
    }

    /** Whether a good check came over this path: only then may its datagrams touch DTLS or SRTP. */
    public boolean knows(P path) {
        return paths.containsKey(path);
    }

    /** @return the path to send on, or null before the first nomination. */
    public P selected() {
        return selected;
    }

    /** A path that is closed, for instance a TCP connection, is not waited for. */
    public void forget(P path) {
        paths.remove(path);
        if (path.equals(selected)) {
            selected = null;
        }
    }

    /** When consent ends unless a check comes first; Long.MAX_VALUE without a selected path. */
    public long deadlineNs() {
        return selected == null ? Long.MAX_VALUE : consentUntilNs;
    }

    /** True when the selected path had no check for 30 s: nothing may be sent there any more. */
    public boolean expired(long nowNs) {
        return selected != null && consentUntilNs - nowNs <= 0;
    }

    /** How many messages had this outcome. */
    public long count(Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
