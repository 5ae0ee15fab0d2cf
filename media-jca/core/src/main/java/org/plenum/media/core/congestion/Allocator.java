/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import java.util.List;

/**
 * Shares what a line carries among videos. First everybody gets the lowest layer, in the order of importance; then the most important one
 * is raised as far as it wants, then the next. One that was raised stays as long as its layer nearly fits; to be raised takes a tenth more
 * than the layer needs, and half as much again soon after a loss, so that nothing swings. One thread.
 */
public final class Allocator {
    /** Nothing is sent. */
    public static final int NONE = -1;

    private static final int RAISING_PERCENT = 110;
    private static final int RAISING_AGAIN_PERCENT = 150;
    private static final int KEEPING_PERCENT = 92;
    /** An estimate that was just lowered is lower than what the line carries. */
    private static final int KEEPING_LOWEST_PERCENT = 80;

    /** A video that wants a share. */
    public interface Claim {
        /** The larger, the earlier. */
        long importance();

        /** How many layers there are at most. */
        int layers();

        /** The highest layer wanted, 0 or more. */
        int wanted();

        /** @return whether this layer is being sent to us */
        boolean sent(int layer);

        /** @return bit/s of a layer that is being sent */
        long bitrate(int layer);

        /** What was given the last time. */
        int allowed();

        /** False for a while after something was lost: it would come and go, so there has to be much more room for it. */
        boolean mayRise();

        /** @param layer the highest that fits, or {@link #NONE} */
        void allow(int layer);
    }

    private int[] given = new int[16];

    /**
     * @param claims is brought into the order of their importance
     * @param budget bit/s
     * @return bit/s that would be enough for all of them
     */
    public long share(List<? extends Claim> claims, long budget) {
        sort(claims);
        if (given.length < claims.size()) {
            given = new int[2 * claims.size()];
        }
        long left = budget;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            given[i] = lowest(claim);
            long price = given[i] == NONE ? 0 : price(claim, given[i]);
            if (price <= left) {
                left -= price;
            } else if (nearlyFits(claim, given[i], left)) {
                left = 0;
            } else {
                given[i] = NONE;
            }
        }
        long all = 0;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            left = raise(claim, i, left);
            int top = below(claim, claim.wanted() + 1);
            top = top == NONE ? lowest(claim) : top;
            all += top == NONE ? 0 : top > claim.allowed() ? price(claim, top) : claim.bitrate(top);
        }
        for (int i = 0; i < claims.size(); i++) {
            claims.get(i).allow(given[i]);
        }
        return all;
    }

    /** @return what is left of the budget */
    private long raise(Claim claim, int i, long left) {
        if (given[i] == NONE) {
            return left;
        }
        for (int layer = given[i] + 1; layer <= claim.wanted(); layer++) {
            long more = claim.sent(layer) ? price(claim, layer) - claim.bitrate(given[i]) : Long.MAX_VALUE;
            if (more <= left) {
                left -= claim.bitrate(layer) - claim.bitrate(given[i]);
                given[i] = layer;
            }
        }
        return left;
    }

    /** Dearer for who does not have it yet, cheaper for who has it: rates go up and down by themselves. */
    private static long price(Claim claim, int layer) {
        long bitrate = claim.bitrate(layer);
        int raising = claim.mayRise() ? RAISING_PERCENT : RAISING_AGAIN_PERCENT;
        return bitrate * (layer > claim.allowed() ? raising : KEEPING_PERCENT) / 100;
    }

    private static boolean nearlyFits(Claim claim, int lowest, long left) {
        return claim.allowed() != NONE && claim.bitrate(lowest) * KEEPING_LOWEST_PERCENT / 100 <= left;
    }

    /** @return the lowest layer that is sent */
    private static int lowest(Claim claim) {
        for (int layer = 0; layer < claim.layers(); layer++) {
            if (claim.sent(layer)) {
                return layer;
            }
        }
        return NONE;
    }

    private static int below(Claim claim, int limit) {
        for (int layer = limit - 1; layer >= 0; layer--) {
            if (claim.sent(layer)) {
                return layer;
            }
        }
        return NONE;
    }

    /** By insertion: it was in this order the last time, nearly. */
    private static <C extends Claim> void sort(List<C> claims) {
        for (int i = 1; i < claims.size(); i++) {
            C claim = claims.get(i);
            long importance = claim.importance();
            int at = i;
            while (at > 0 && claims.get(at - 1).importance() < importance) {
                claims.set(at, claims.get(at - 1));
                at--;
            }
            claims.set(at, claim);
        }
    }
}
