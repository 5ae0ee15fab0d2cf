/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The foreign origins (RFC 6454 section 7) whose pages may use this server: exact ones
 * ({@code https://meet.example.org}), all hosts below a domain ({@code https://*.example.org}), or {@code *} for any.
 * The server's own origin is always allowed.
 */
public final class AllowedOrigins {
    private final List<String> patterns;

    private AllowedOrigins(List<String> patterns) {
        this.patterns = patterns;
    }

    /** @param list separated by commas, may be empty */
    public static AllowedOrigins parse(String list) {
        return new AllowedOrigins(Stream.of(list.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry)
                .toList());
    }

    /** @param own the server's own origin as the request addressed it */
    public boolean allow(String origin, String own) {
        return origin.equalsIgnoreCase(own) || allowForeign(origin.toLowerCase(Locale.ROOT));
    }

    private boolean allowForeign(String origin) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, origin));
    }

    private static boolean matches(String pattern, String origin) {
        int star = pattern.indexOf("://*.");
        if (star < 0) {
            return pattern.equals("*") || pattern.equals(origin);
        }
        String scheme = pattern.substring(0, star + 3);
        String domain = pattern.substring(star + 4); // with its dot
        return origin.startsWith(scheme)
                && origin.endsWith(domain)
                && origin.length() > scheme.length() + domain.length()
                && origin.indexOf('/', scheme.length()) < 0;
    }
}
