/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import java.util.Optional;

/** The settings that a person changes; absent ones stay as they are. */
public record ProfileChange(
        Optional<String> title,
        Optional<String> displayName,
        Optional<String> language,
        Optional<Theme> dashboardTheme,
        Optional<Theme> conferenceTheme) {
    @Override
    public String toString() {
        return "(profile change)";
    }
}
