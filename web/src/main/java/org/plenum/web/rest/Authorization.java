/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The Authorization header of a request, of which REST knows two schemes (rest.md section 1.2). A scheme is compared
 * without regard to case (RFC 9110 section 11.1).
 */
record Authorization(Optional<String> header) {
    private static final Pattern UUID_TEXT = Pattern.compile(Ids.UUID);

    /** @return whether a token was sent in the header, which says nothing about whether it is good */
    boolean isBearer() {
        return after("bearer").isPresent();
    }

    Optional<UUID> inviteCode() {
        return after("invitecode").flatMap(Authorization::uuid);
    }

    /** @return the UUID if the text is one in full length; {@link UUID#fromString} alone is lenient */
    static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private Optional<String> after(String scheme) {
        return header.filter(value -> value.length() > scheme.length() + 1
                        && value.regionMatches(true, 0, scheme, 0, scheme.length())
                        && value.charAt(scheme.length()) == ' ')
                .map(value -> value.substring(scheme.length() + 1).strip())
                .filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "(authorization)";
    }
}
