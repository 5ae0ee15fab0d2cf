/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.story;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.Requires;

/**
 * What the product is for, with real browsers and the real sign-in page: an official plans a meeting and opens it, a guest
 * follows the link in another Chromium and one in Firefox; all three see, hear and write to each other.
 */
class MeetingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @ParameterizedTest(name = "{1}")
    @DisplayName("An official signs in, plans a meeting, and guests in Chromium and Firefox see, hear and write")
    @CsvSource({"alice, with an account of Keycloak", "lena, with an account of the LDAP directory"})
    void meeting(String account, String told) {
        Requires.tool("chromium");
        Requires.tool("firefox-esr");
        NodeScript.run(
                        "story/meeting.mjs",
                        PATIENCE,
                        Map.of("PLENUM_USER", account, "PLENUM_PASSWORD", account),
                        "target/screenshots/" + account)
                .orFail();
    }

    @Test
    @DisplayName(
            "Every view: nothing that axe finds (WCAG 2.2 AA), by keyboard alone, at 320 px, light and dark, German and English")
    void accessible() {
        Requires.tool("chromium");
        NodeScript.run("story/accessible.mjs", PATIENCE, Map.of(), "target/screenshots/views")
                .orFail();
    }
}
