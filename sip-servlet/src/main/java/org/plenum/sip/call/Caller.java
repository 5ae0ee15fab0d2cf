/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.Optional;

/**
 * Who calls whom, as the request says.
 *
 * @param number the user part of the caller's address; absent when the caller wants to stay unknown
 * @param dialled the user part of the address that was called
 * @param source where the request came from
 */
public record Caller(Optional<String> number, String dialled, String source) {
    /** Under which wrong numbers are counted. */
    String guardKey() {
        return number.orElse("unknown") + "@" + source;
    }

    @Override
    public String toString() {
        return "(caller)";
    }
}
