/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.plenum.sip.call.Answer.Refusal;

/**
 * Answers requests that belong to no call, in the order of RFC 3261 section 8.2: method, Request-URI, extensions. As long
 * as no trunk is configured there are no calls, and an INVITE is refused like that of any unknown peer.
 */
public final class RequestPolicy {
    /** Methods this end understands, in the order in which Allow names them. */
    public static final List<String> ALLOWED = List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");

    /** They mean something only within a call. */
    private static final Set<String> IN_CALL = Set.of("BYE", "CANCEL", "INFO", "NOTIFY", "PRACK", "REFER", "UPDATE");

    private static final List<String> SCANNERS =
            List.of("friendly-scanner", "sipvicious", "sipcli", "sip-scan", "sundayddr", "iwar", "vaxsipuseragent");
    private final Set<String> domains;

    /** @param domains hosts of Request-URIs that mean this server; compared without case */
    public RequestPolicy(Set<String> domains) {
        this.domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    public Answer judge(RequestFacts request) {
        if (request.method().equals("ACK") || scans(request)) { // an ACK is never answered, RFC 3261 section 17
            return new Answer.Silence();
        }
        if (!request.scheme().equals("sip") && !request.scheme().equals("sips")) {
            return Refusal.of(416, "Unsupported URI Scheme");
        }
        if (request.inDialog() || IN_CALL.contains(request.method())) {
            return Refusal.of(481, "Call/Transaction Does Not Exist");
        }
        if (!request.method().equals("INVITE") && !request.method().equals("OPTIONS")) {
            return new Refusal(405, "Method Not Allowed", List.of(), true);
        }
        if (!request.host().map(domains::contains).orElse(false)) {
            return Refusal.of(404, "Not Found");
        }
        if (!request.required().isEmpty()) { // no extension is offered, so none can be demanded
            return new Refusal(420, "Bad Extension", request.required(), false);
        }
        return request.method().equals("OPTIONS") ? new Answer.Abilities() : Refusal.of(403, "Forbidden");
    }

    private static boolean scans(RequestFacts request) {
        String agent = request.userAgent().orElse("").toLowerCase(Locale.ROOT);
        return SCANNERS.stream().anyMatch(agent::contains);
    }
}
