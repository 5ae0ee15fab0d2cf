/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.plenum.sip.call.Answer.Refusal;

/**
 * Answers requests that belong to no call, in the order of RFC 3261 section 8.2: method, Request-URI, extensions. As long
 * as no trunk is configured there are no calls, and an INVITE is refused; with trunks, strangers hear nothing.
 */
public final class RequestPolicy {
    /** Methods this end understands, in the order in which Allow names them. */
    public static final List<String> ALLOWED =
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "INFO", "PRACK");

    /** They mean something only within a call. */
    private static final Set<String> IN_CALL = Set.of("BYE", "CANCEL", "INFO", "NOTIFY", "PRACK", "REFER", "UPDATE");

    private static final List<String> SCANNERS =
            List.of("friendly-scanner", "sipvicious", "sipcli", "sip-scan", "sundayddr", "iwar", "vaxsipuseragent");
    /** Extensions that a request may demand. 100rel costs nothing: calls are answered without ringing. */
    public static final List<String> SUPPORTED = List.of("timer", "100rel");

    private final Set<String> domains;
    private final boolean trunks;

    /**
     * @param domains hosts of Request-URIs that mean this server; compared without case
     * @param trunks whether there are any; then strangers hear nothing at all
     */
    public RequestPolicy(Set<String> domains, boolean trunks) {
        this.trunks = trunks;
        this.domains = domains.stream().map(RequestPolicy::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** Addresses of IPv6 can be written in many ways. */
    private static String canonical(String host) {
        if (host.indexOf(':') < 0) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName(host).getHostAddress(); // an address, never a name
        } catch (UnknownHostException none) {
            return host;
        }
    }

    public Answer judge(RequestFacts request) {
        if (request.method().equals("ACK") || scans(request)) { // an ACK is never answered, RFC 3261 section 17
            return new Answer.Silence();
        }
        if (trunks && !request.fromTrunk()) {
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
        if (!request.host().map(RequestPolicy::canonical).map(domains::contains).orElse(false)) {
            return Refusal.of(404, "Not Found");
        }
        List<String> unknown = request.required().stream()
                .filter(tag -> !SUPPORTED.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
        if (!unknown.isEmpty()) {
            return new Refusal(420, "Bad Extension", unknown, false);
        }
        if (request.method().equals("OPTIONS")) {
            return new Answer.Abilities();
        }
        return request.fromTrunk() ? new Answer.Call() : Refusal.of(403, "Forbidden");
    }

    private static boolean scans(RequestFacts request) {
        String agent = request.userAgent().orElse("").toLowerCase(Locale.ROOT);
        return SCANNERS.stream().anyMatch(agent::contains);
    }
}
