/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import java.util.Optional;
import java.util.Set;

/**
 * What a checked access token says about a person (OpenID Connect Core section 5.1). Empty where the token is silent;
 * {@link Users#signIn} knows what is mandatory.
 *
 * @param groups claim {@code x_grp}
 */
public record Claims(
        Optional<String> subject,
        Optional<String> email,
        Optional<String> givenName,
        Optional<String> familyName,
        Optional<String> nickname,
        Optional<String> picture,
        Optional<String> locale,
        Set<String> groups) {
    @Override
    public String toString() {
        return "(claims)";
    }
}
