/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.Arrays;

/** A number that is being typed. Nothing of it is ever printed, and it is wiped when it is done. */
final class Digits {
    /** What a key made of it. */
    enum Result {
        MORE,
        COMPLETE,
        TOO_SHORT,
        IGNORED
    }

    static final int LENGTH = 10;

    private final char[] digits = new char[LENGTH];
    private int count;

    Result type(char key) {
        if (key == '*') {
            clear();
            return Result.MORE;
        }
        if (key == '#') {
            return count == 0 ? Result.IGNORED : Result.TOO_SHORT; // behind a complete number it means nothing
        }
        if (key < '0' || key > '9' || count == LENGTH) {
            return Result.IGNORED;
        }
        digits[count++] = key;
        return count == LENGTH ? Result.COMPLETE : Result.MORE;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isComplete() {
        return count == LENGTH;
    }

    String text() {
        return new String(digits, 0, count);
    }

    void clear() {
        Arrays.fill(digits, '0');
        count = 0;
    }

    @Override
    public String toString() {
        return "(digits)";
    }
}
