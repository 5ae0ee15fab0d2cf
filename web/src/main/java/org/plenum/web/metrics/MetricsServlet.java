/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.plenum.conference.live.LiveRooms;
import org.plenum.conference.phone.PhoneFigures;
import org.plenum.web.rtc.MediaAccess;

/** {@code /metrics}: counters of the media engine and the live rooms, for callers on this machine and for administrators. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient MediaAccess media;

    @Inject
    private transient LiveRooms rooms;

    @Inject
    private transient PhoneFigures phone;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isLocal(request) && !request.isUserInRole("admin")) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        response.setContentType(Exposition.CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(Exposition.of(media.media().statistics(), rooms.statistics(), phone.now())
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** A request that a proxy on this machine hands on is not from this machine. */
    private static boolean isLocal(HttpServletRequest request) throws IOException {
        return request.getHeader("X-Forwarded-For") == null
                && request.getHeader("Forwarded") == null
                && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress(); // an address, never a name
    }
}
