/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import java.util.UUID;

/** What other people of the tenant see of an account. All texts may be empty but the id and the address. */
public record Profile(
        UUID id, String email, String title, String firstname, String lastname, String displayName, String avatarUrl) {
    @Override
    public String toString() {
        return "Profile[" + id + "]";
    }
}
