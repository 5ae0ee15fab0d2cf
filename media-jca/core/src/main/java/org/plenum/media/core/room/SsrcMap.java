/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

/** Objects by SSRC, without a box around every number (open addressing). Bounded. One thread. */
final class SsrcMap<T> {
    private final int most;
    private int[] keys = new int[16];
    private Object[] values = new Object[16];
    private int size;

    SsrcMap(int most) {
        this.most = most;
    }

    /** @return null when there is none */
    @SuppressWarnings("unchecked") // put takes nothing else
    T get(long ssrc) {
        int mask = keys.length - 1;
        for (int at = slot((int) ssrc, mask); values[at] != null; at = at + 1 & mask) {
            if (keys[at] == (int) ssrc) {
                return (T) values[at];
            }
        }
        return null;
    }

    /** @return false when the map is full */
    boolean put(long ssrc, T value) {
        remove(ssrc);
        if (size == most) {
            return false;
        }
        if (2 * (size + 1) > keys.length) {
            rebuild(2 * keys.length);
        }
        insert((int) ssrc, value);
        return true;
    }

    void remove(long ssrc) {
        if (get(ssrc) == null) {
            return;
        }
        int mask = keys.length - 1;
        int at = slot((int) ssrc, mask);
        while (values[at] == null || keys[at] != (int) ssrc) {
            at = at + 1 & mask;
        }
        values[at] = null;
        size--;
        rebuild(keys.length); // rare, and simpler than moving the followers
    }

    int size() {
        return size;
    }

    private void rebuild(int capacity) {
        int[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new int[capacity];
        values = new Object[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }

    private void insert(int key, Object value) {
        int mask = keys.length - 1;
        int at = slot(key, mask);
        while (values[at] != null) {
            at = at + 1 & mask;
        }
        keys[at] = key;
        values[at] = value;
        size++;
    }

    private static int slot(int key, int mask) {
        int mixed = key * 0x9E3779B9; // SSRCs are random, but a client may choose them
        return (mixed ^ mixed >>> 16) & mask;
    }
}
