/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Descriptions as clients write them, and a transport of our own. */
final class Samples {
    static final String CHROMIUM = text("chromium-156-publisher");
    static final String CHROMIUM_UNPUBLISH = text("chromium-156-unpublish");
    static final String CHROMIUM_SCREEN = text("chromium-156-screen");
    static final String CHROMIUM_ANSWER = text("chromium-156-subscriber-answer");
    static final String FIREFOX = text("firefox-153-publisher");
    static final String RTC_NODE = text("rtc-node-1.1-publisher");
    static final List<String> ALL =
            List.of(CHROMIUM, CHROMIUM_UNPUBLISH, CHROMIUM_SCREEN, CHROMIUM_ANSWER, FIREFOX, RTC_NODE);

    private Samples() {}

    static String text(String name) {
        try (var in = Samples.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static TransportDescription transport(Setup setup) {
        return new TransportDescription(
                "PLnm",
                "0123456789abcdefghijkl",
                "sha-256 " + "AB:".repeat(31) + "CD",
                setup,
                List.of("1 1 udp 2130706431 192.0.2.1 10000 typ host"),
                true);
    }
}
