/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Hands things from one thread to another without locks; what does not fit is refused. One thread puts, one takes. */
final class Ring<T> {
    private final AtomicReferenceArray<T> slots;
    private final AtomicInteger dropped = new AtomicInteger();
    private int head; // the taker's
    private int tail; // the putter's

    /** @param size a power of two */
    Ring(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    /** @return false: full */
    boolean offer(T value) {
        int slot = tail & slots.length() - 1;
        if (slots.get(slot) != null) {
            dropped.incrementAndGet();
            return false;
        }
        slots.lazySet(slot, value);
        tail++;
        return true;
    }

    /** @return null when empty */
    T poll() {
        int slot = head & slots.length() - 1;
        T value = slots.get(slot);
        if (value != null) {
            slots.lazySet(slot, null);
            head++;
        }
        return value;
    }

    int dropped() {
        return dropped.get();
    }
}
