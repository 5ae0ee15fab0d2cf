/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/** A person's name. It cannot get into a log by accident. */
public record DisplayName(String value) {
    @Override
    public String toString() {
        return "(name)";
    }
}
