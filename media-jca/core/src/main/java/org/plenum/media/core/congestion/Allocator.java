/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import java.util.List;

/**
 * Shares what a line carries among videos, each of which has some steps from cheap to dear. First everybody gets the lowest step, in the order of
 * importance, and the one that is more important than all others its whole frame rate at once; then, in the same order, the others theirs; then
 * the most important one is raised as far as it wants, then the next. One that was
 * raised stays as long as its step nearly fits; to be raised takes a tenth more than the step needs, and half as much again soon after a loss, so
 * that nothing swings. One thread.
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

        /** How many steps there are at most. */
        int steps();

        /** The highest step wanted, 0 or more. */
        int wanted();

        /** @return the step of the same size with the whole frame rate, which may be this one */
        int wholeOf(int step);

        /** @return whether we are sent what this step takes */
        boolean sent(int step);

        /** @return bit/s of a step that is being sent */
        long bitrate(int step);

        /** What was given the last time. */
        int allowed();

        /** False for a while after a size was lost: it would come and go, so there has to be much more room for it. */
        boolean mayRise();

        /** @param step the highest that fits, or {@link #NONE} */
        void allow(int step);
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
            left = begin(claims.get(i), i, left);
            if (i == 0 && isBeforeAll(claims)) {
                left = complete(claims.get(i), i, left);
            }
        }
        for (int i = 0; i < claims.size(); i++) {
            left = complete(claims.get(i), i, left);
        }
        long all = 0;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            left = raise(claim, i, claim.wanted(), left);
            int top = below(claim, claim.wanted() + 1);
            top = top == NONE ? lowest(claim) : top;
            all += top == NONE ? 0 : top > claim.allowed() ? price(claim, top) : claim.bitrate(top);
        }
        for (int i = 0; i < claims.size(); i++) {
            claims.get(i).allow(given[i]);
        }
        return all;
    }

    /** There is one that is looked at, and others. */
    private static boolean isBeforeAll(List<? extends Claim> claims) {
        return claims.size() > 1 && claims.get(0).importance() > claims.get(1).importance();
    }

    /** Gives the lowest step. @return what is left of the budget, as in the next two */
    private long begin(Claim claim, int i, long left) {
        given[i] = lowest(claim);
        long price = given[i] == NONE ? 0 : price(claim, given[i]);
        if (price <= left) {
            return left - price;
        }
        if (nearlyFits(claim, given[i], left)) {
            return 0;
        }
        given[i] = NONE;
        return left;
    }

    /** Gives the whole frame rate. */
    private long complete(Claim claim, int i, long left) {
        return given[i] == NONE ? left : raise(claim, i, Math.min(claim.wholeOf(given[i]), claim.wanted()), left);
    }

    private long raise(Claim claim, int i, int highest, long left) {
        for (int step = given[i] + 1; given[i] != NONE && step <= highest; step++) {
            if (claim.sent(step) && more(claim, given[i], step) <= left) {
                left -= claim.bitrate(step) - claim.bitrate(given[i]);
                given[i] = step;
            }
        }
        return left;
    }

    /** What has to be there for a higher step: more frames come and go without a standstill, so they take no reserve for all of it. */
    private static long more(Claim claim, int from, int to) {
        boolean sameSize = claim.wholeOf(from) == claim.wholeOf(to);
        long reserved = sameSize ? claim.bitrate(from) * percent(claim, to) / 100 : claim.bitrate(from);
        return price(claim, to) - reserved;
    }

    /** Dearer for who does not have it yet, cheaper for who has it: rates go up and down by themselves. */
    private static long price(Claim claim, int step) {
        return claim.bitrate(step) * percent(claim, step) / 100;
    }

    private static int percent(Claim claim, int step) {
        if (step <= claim.allowed()) {
            return KEEPING_PERCENT;
        }
        return claim.mayRise() ? RAISING_PERCENT : RAISING_AGAIN_PERCENT;
    }

    private static boolean nearlyFits(Claim claim, int lowest, long left) {
        return claim.allowed() != NONE && claim.bitrate(lowest) * KEEPING_LOWEST_PERCENT / 100 <= left;
    }

    /** @return the lowest step that is sent */
    private static int lowest(Claim claim) {
        for (int step = 0; step < claim.steps(); step++) {
            if (claim.sent(step)) {
                return step;
            }
        }
        return NONE;
    }

    private static int below(Claim claim, int limit) {
        for (int step = limit - 1; step >= 0; step--) {
            if (claim.sent(step)) {
                return step;
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
