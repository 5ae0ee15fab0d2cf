/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.signaling;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.plenum.conference.live.LiveRooms;
import org.plenum.web.config.Settings;

/**
 * Judges a token before the upgrade, because a WebSocket endpoint cannot answer with an HTTP status. A token that passes is
 * used up (envelope.md section 1).
 */
@WebFilter(urlPatterns = "/v1/signaling/*", asyncSupported = true)
public class UpgradeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient LiveRooms rooms;

    @Inject
    private transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(response, 404, "not_found");
        } else if (!isAllowed(request)) {
            refuse(response, 403, "forbidden");
        } else {
            String path = request.getRequestURI();
            Optional<LiveRooms.Refusal> refusal = rooms.claim(path.substring(path.lastIndexOf('/') + 1));
            if (refusal.isEmpty()) {
                chain.doFilter(request, response);
            } else if (refusal.get() == LiveRooms.Refusal.UNKNOWN_ROOM) {
                refuse(response, 404, "not_found");
            } else {
                refuse(response, 401, "invalid_token");
            }
        }
    }

    /** Only browsers send an Origin, and only their users need to be protected from foreign pages. */
    private boolean isAllowed(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String own = settings.publicUrl(URI.create(request.getRequestURL().toString()));
        return origin == null || settings.allowedOrigins().allow(origin, own);
    }

    private static void refuse(HttpServletResponse response, int status, String code) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(("{\"code\":\"" + code + "\",\"message\":\"The socket cannot be opened\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
