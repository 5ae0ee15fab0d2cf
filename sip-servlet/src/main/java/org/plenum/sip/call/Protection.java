/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Whether and with which keys the sound of one call is protected (SRTP with keys in the session descriptions, RFC 4568). Once
 * protected a call stays so. One thread.
 */
public final class Protection {
    /** What an operator wants of a trunk. */
    public enum Policy {
        /** Never. */
        OFF,
        /** Where the other side can. */
        OPTIONAL,
        /** Or there is no call. */
        REQUIRED
    }

    /** Keys of both sides. */
    public record Pair(Crypto theirs, Crypto ours) {}

    private static final String USUAL =
            "AES_CM_128_HMAC_SHA1_80"; // which every telephone with SRTP has (RFC 4568 section 7.1.1)
    private static final List<String> OFFERED = List.of("AEAD_AES_128_GCM", USUAL);

    private final Policy policy;
    private final boolean keysMayTravel;
    private final RandomGenerator random;
    private List<Crypto> offered = List.of();
    private Optional<Pair> pair = Optional.empty();

    /**
     * @param keysMayTravel whether nobody on the way can read session descriptions
     * @param random cryptographically strong
     */
    public Protection(Policy policy, boolean keysMayTravel, RandomGenerator random) {
        this.policy = policy;
        this.keysMayTravel = keysMayTravel;
        this.random = random;
    }

    boolean takesKeys() {
        return keysMayTravel && policy != Policy.OFF;
    }

    /** Whether sound without protection is taken now. */
    public boolean takesPlain() {
        return policy != Policy.REQUIRED && pair.isEmpty();
    }

    /** Keys of ours for an offer, best first; empty when there are to be none. */
    public List<Crypto> offer() {
        if (takesKeys()) {
            offered = IntStream.range(0, OFFERED.size())
                    .mapToObj(i -> Crypto.fresh(i + 1, OFFERED.get(i), random))
                    .toList();
        }
        return offered;
    }

    /**
     * The other side offered these keys, or none. New ones of ours with each change: keys are never used for two streams of packets.
     *
     * @return what is in force now
     */
    public Optional<Pair> answer(Optional<Crypto> theirs) {
        boolean same = pair.isPresent() && theirs.equals(pair.map(Pair::theirs));
        if (!same) {
            pair = theirs.map(keys -> new Pair(keys, keys.answer(random)));
        }
        return pair;
    }

    /**
     * The other side answered our {@link #offer()} with these keys, or none.
     *
     * @return false: that is no answer to what was offered
     */
    public boolean answered(Optional<Crypto> theirs) {
        pair = theirs.flatMap(
                keys -> offered.stream().filter(keys::answers).findFirst().map(ours -> new Pair(keys, ours)));
        return pair.isPresent() == theirs.isPresent();
    }

    /** What is in force now. */
    public Optional<Pair> pair() {
        return pair;
    }
}
