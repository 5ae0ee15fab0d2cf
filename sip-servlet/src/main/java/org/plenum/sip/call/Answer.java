/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;

/** What a request gets without a call being made. */
public sealed interface Answer {
    /** Nothing at all: whoever scans the network learns nothing. */
    record Silence() implements Answer {}

    /** 200 with the abilities of this end (RFC 3261 section 11.2). */
    record Abilities() implements Answer {}

    /** A call over one of our trunks. */
    record Call() implements Answer {}

    /**
     * A final refusal.
     *
     * @param status 4xx to 6xx (RFC 3261 section 21)
     * @param reason the standard's phrase
     * @param unsupported option tags for the Unsupported header, empty unless the status is 420
     * @param allow whether the Allow header names what is possible, as 405 demands
     */
    record Refusal(int status, String reason, List<String> unsupported, boolean allow) implements Answer {
        public Refusal {
            unsupported = List.copyOf(unsupported);
        }

        static Refusal of(int status, String reason) {
            return new Refusal(status, reason, List.of(), false);
        }
    }
}
