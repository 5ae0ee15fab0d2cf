/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

/** A moment at which something is due, or none. Times may wrap around: they are compared by difference. */
final class Deadline {
    private boolean set;
    private boolean passed;
    private long atNs;

    void at(long ns) {
        set = true;
        passed = false;
        atNs = ns;
    }

    /** This moment, unless an earlier one is set. */
    void by(long ns) {
        if (!set || (!passed && ns - atNs < 0)) {
            at(ns);
        }
    }

    /** Due whatever the time is: for those who are told something without the time. */
    void soon() {
        set = true;
        passed = true;
    }

    void clear() {
        set = false;
    }

    boolean isSet() {
        return set;
    }

    boolean isDue(long nowNs) {
        return set && (passed || atNs - nowNs <= 0);
    }

    /** @return true once when it is due, and is clear then */
    boolean take(long nowNs) {
        boolean due = isDue(nowNs);
        set &= !due;
        return due;
    }

    /** Makes the other one not later than this one. */
    void tell(Deadline other) {
        if (set && passed) {
            other.soon();
        } else if (set) {
            other.by(atNs);
        }
    }

    /** @return nowNs when it is due, latestNs when none is set */
    long orNs(long nowNs, long latestNs) {
        if (!set) {
            return latestNs;
        }
        return passed || atNs - nowNs < 0 ? nowNs : (atNs - latestNs < 0 ? atNs : latestNs);
    }
}
