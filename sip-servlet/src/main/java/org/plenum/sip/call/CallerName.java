/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/** What the others see of somebody who calls: a number with its middle masked, or just that it is a telephone. */
public final class CallerName {
    private static final int FEWEST_DIGITS = 7;
    private static final int HEAD = 4;
    private static final int TAIL = 3;
    private static final String MASK = "***";

    private CallerName() {}

    /**
     * @param user of the caller's URI: a number in any form, or a name; absent when the caller wants to stay unknown
     * @param country ISO 3166 code for numbers without one, such as DE
     * @param masked whether to hide the middle
     * @return absent: show "telephone" and a running number
     */
    public static Optional<String> of(Optional<String> user, String country, boolean masked) {
        if (user.isEmpty() || user.get().codePoints().filter(Character::isDigit).count() < FEWEST_DIGITS) {
            return Optional.empty();
        }
        String text = user.get();
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, country);
            if (numbers.isValidNumber(number)) {
                return Optional.of(
                        masked
                                ? mask(numbers.format(number, PhoneNumberFormat.E164), HEAD)
                                : numbers.format(number, PhoneNumberFormat.INTERNATIONAL));
            }
        } catch (NumberParseException noNumber) {
            return Optional.of(mask(text, TAIL));
        }
        return Optional.of(mask(text, TAIL));
    }

    /** By characters as people count them, so that none is cut in two. */
    private static String mask(String text, int head) {
        int[] characters = text.codePoints().toArray();
        boolean enough = characters.length >= head + 2 * TAIL; // else more would be shown than hidden
        int shown = enough ? head : characters.length / 4;
        int shownAtEnd = enough ? TAIL : characters.length / 4;
        return new String(characters, 0, shown)
                + MASK
                + new String(characters, characters.length - shownAtEnd, shownAtEnd);
    }
}
