/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/**
 * What a {@link ServiceRequest} is answered.
 *
 * @param status of HTTP
 * @param json whether the body is JSON; errors always are
 * @param body belongs to the receiver
 */
public record ServiceAnswer(int status, boolean json, byte[] body) {
    @Override
    public String toString() {
        return "(answer " + status + ")";
    }
}
