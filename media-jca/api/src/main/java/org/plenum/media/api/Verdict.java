/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/**
 * Answer of {@code /rtc/validate} and of the upgrade.
 *
 * @param status HTTP status: 200, 400, 401, 404 or 503
 * @param text body of the answer, {@code success} when all is fine
 */
public record Verdict(int status, String text) {
    public static final Verdict SUCCESS = new Verdict(200, "success");

    public boolean passed() {
        return status == 200;
    }
}
