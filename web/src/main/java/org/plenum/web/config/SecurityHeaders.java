/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer tells the browser about trust. A filter and not undertow-handlers.conf, because the page's token
 * calls go to the identity provider, whose address is configured.
 */
public class SecurityHeaders extends HttpFilter {
    @Inject
    private transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        headers(request.getServletPath(), settings).forEach(response::setHeader);
        chain.doFilter(request, response);
    }

    /** @param path below the context, which is the root */
    static Map<String, String> headers(String path, Settings settings) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", policy(settings));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self)");
        headers.put("Cross-Origin-Opener-Policy", "same-origin-allow-popups"); // the login may use a pop-up
        if (path.startsWith("/v1")) {
            headers.put("Cache-Control", "no-store");
        } else if (!path.startsWith("/assets/")) { // those carry a hash in their names: see undertow-handlers.conf
            headers.put("Cache-Control", "no-cache");
        }
        return headers;
    }

    private static String policy(Settings settings) {
        String provider = Settings.origin(URI.create(settings.oidcUrl()));
        return "default-src 'self'; connect-src 'self' ws: wss: " + provider + "; img-src 'self' data: blob:;"
                + " media-src 'self' blob:; worker-src 'self' blob:; frame-src " + provider + "; object-src 'none';"
                + " base-uri 'self'; form-action 'self' " + provider + "; frame-ancestors 'none'";
    }
}
