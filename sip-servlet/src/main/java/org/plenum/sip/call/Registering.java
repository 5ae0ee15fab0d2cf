/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Optional;
import org.plenum.sip.call.Digest.Challenge;

/**
 * When to tell a registrar where we are, and what to make of its answers (RFC 3261 section 10, RFC 8760). Time and messages come from
 * outside.
 */
public final class Registering {
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_RETRY_NS = 4 * SECOND;
    private static final long LONGEST_RETRY_NS = 300 * SECOND;
    private static final int LONGEST_EXPIRES = 7200;

    /** What to do after an answer. */
    public enum Step {
        /** Nothing until {@link #isDue}. */
        WAIT,
        /** At once the same again, with {@link #challenge}'s proof or another expiry. */
        AGAIN,
        /** At the next target, when {@link #isDue} says so. */
        ELSEWHERE
    }

    private final Trunk.Registration registration;
    private int expires;
    private Optional<Challenge> challenge = Optional.empty();
    private int nonceCount;
    private boolean proved; // the request that was sent last held a proof
    private boolean registered;
    private long nextNs;
    private long retryNs = FIRST_RETRY_NS;

    /** @param nowNs when the first request is due */
    public Registering(Trunk.Registration registration, long nowNs) {
        this.registration = registration;
        this.expires = registration.expires();
        this.nextNs = nowNs;
    }

    /** @return whether to send a request now; true once for each */
    public boolean isDue(long nowNs) {
        if (nextNs - nowNs > 0) {
            return false;
        }
        nextNs = nowNs + LONGEST_RETRY_NS; // unless an answer says otherwise
        return true;
    }

    public int expires() {
        return expires;
    }

    public boolean isRegistered() {
        return registered;
    }

    /** The challenge to be answered in the next request. */
    public Optional<Challenge> challenge() {
        return challenge;
    }

    /** How often the nonce has been used with the next request: 1, 2, ... */
    public int nextCount() {
        proved = true;
        return ++nonceCount;
    }

    /** @param granted seconds, of the Contact or Expires header; 0 when it says nothing */
    public Step accepted(int granted, long nowNs) {
        registered = true;
        proved = false;
        retryNs = FIRST_RETRY_NS;
        int seconds = granted > 0 && granted <= LONGEST_EXPIRES ? granted : expires;
        nextNs = nowNs + Math.max(1, seconds / 2) * SECOND;
        return Step.WAIT;
    }

    /**
     * 401 or 407. Only the realm of this trunk is answered, and no nonce twice unless it was only too old.
     *
     * @param offered the challenges, in any order
     * @param stale whether the last proof was right but its nonce too old
     */
    public Step challenged(List<Challenge> offered, boolean stale, long nowNs) {
        Optional<Challenge> best = offered.stream()
                .filter(one -> Digest.isAnswerable(one, registration.credentials()))
                .reduce(Digest::better);
        boolean refused = proved && !stale;
        if (best.isEmpty() || refused) {
            challenge = Optional.empty();
            return failed(nowNs);
        }
        challenge = best;
        nonceCount = 0;
        return Step.AGAIN;
    }

    /** 423: they want to hear of us less often. */
    public Step tooBrief(int least, long nowNs) {
        if (least <= expires || least > LONGEST_EXPIRES) {
            return failed(nowNs);
        }
        expires = least;
        proved = false;
        return Step.AGAIN;
    }

    /** Anything else, no answer at all, or nobody to be reached. */
    public Step failed(long nowNs) {
        registered = false;
        proved = false;
        nextNs = nowNs + retryNs;
        retryNs = Math.min(LONGEST_RETRY_NS, 2 * retryNs);
        return Step.ELSEWHERE;
    }
}
