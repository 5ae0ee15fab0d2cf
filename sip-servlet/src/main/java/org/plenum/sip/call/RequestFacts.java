/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Optional;

/**
 * What decides about a request, read from its message once.
 *
 * @param method upper case, such as INVITE
 * @param scheme of the Request-URI, lower case
 * @param host of the Request-URI, lower case; empty when the scheme knows none
 * @param required option tags of the Require headers, in their order
 * @param userAgent as sent
 * @param fromTrunk whether it came from an address of one of our trunks
 */
public record RequestFacts(
        String method,
        String scheme,
        Optional<String> host,
        boolean inDialog,
        List<String> required,
        Optional<String> userAgent,
        boolean fromTrunk) {
    public RequestFacts {
        required = List.copyOf(required);
    }
}
