/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How to come in by telephone (rest.md section 9).
 *
 * @param tel the number to dial, as people read it
 * @param uri the same as a SIP address, for those who have such telephones
 * @param id ten digits that name the room
 * @param password ten digits that let in
 */
public record CallIn(String tel, Optional<String> uri, String id, String password) {
    static final int DIGITS = 10;
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** The numbers that the operator has set; without one there is no telephone in this house. */
    public record Access(Optional<String> tel, Optional<String> uri) {
        /** Properties {@code plenum.call-in.tel} and {@code plenum.call-in.uri}; empty by default. */
        public static Access configured() {
            return new Access(property("plenum.call-in.tel"), property("plenum.call-in.uri"));
        }

        private static Optional<String> property(String name) {
            return Optional.of(System.getProperty(name, "").strip()).filter(text -> !text.isEmpty());
        }
    }

    /** Ten random digits without two equal neighbours: some carriers swallow the second of two equal tones. */
    static String randomDigits() {
        return digits(RANDOM);
    }

    static String digits(RandomGenerator random) {
        StringBuilder digits = new StringBuilder(DIGITS);
        int before = random.nextInt(10);
        digits.append(before);
        while (digits.length() < DIGITS) {
            int next = (before + 1 + random.nextInt(9)) % 10; // any of the nine others
            digits.append(next);
            before = next;
        }
        return digits.toString();
    }

    @Override
    public String toString() {
        return "(call-in)";
    }
}
