/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/**
 * A call of LiveKit's server API over HTTP (Twirp).
 *
 * @param method what stands behind the service's name in the path
 * @param token the JWT, null when the request had none
 * @param json whether the body is JSON; otherwise it is protobuf. The answer comes in the same form
 * @param body not changed and not kept
 */
public record ServiceRequest(String method, String token, boolean json, byte[] body) {
    @Override
    public String toString() {
        return "(call of " + method + ")"; // bodies hold names
    }
}
