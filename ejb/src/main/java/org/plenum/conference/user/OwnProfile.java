/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import java.util.Optional;

/** What a person sees of the own account. @param usedStorage octets */
public record OwnProfile(
        Profile profile,
        String language,
        Optional<Theme> dashboardTheme,
        Optional<Theme> conferenceTheme,
        long usedStorage) {}
