/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.plenum.media.api.Verdict;

/**
 * Everything below /livekit that is HTTP: the reachability probe, {@code /rtc/validate}, the server API, and the verdict before the upgrade,
 * which a WebSocket endpoint cannot give as a status. Paths that are not served answer 404, so that clients fall back.
 */
@WebFilter(
        urlPatterns = {"/livekit", "/livekit/*"},
        asyncSupported = true)
public class ValidateFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Verdict NO_SUCH_PATH = new Verdict(404, "not found");

    @Inject
    private transient MediaAccess access;

    @Inject
    private transient Twirp twirp;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // the page comes from any origin; the token is the protection
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "no-store");
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String plain = path.replace("//", "/"); // some server libraries double the slash behind the base address
        if (plain.startsWith(Twirp.PREFIX)) {
            twirp.serve(plain, request, response);
            return;
        }
        switch (path) {
            case "/livekit", "/livekit/" -> answer(response, new Verdict(200, "OK"));
            case "/livekit/rtc/validate" -> answer(response, judge(request));
            case "/livekit/rtc" -> {
                Verdict verdict = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                        ? judge(request)
                        : new Verdict(426, "a WebSocket");
                if (verdict.passed()) {
                    chain.doFilter(request, response);
                } else {
                    answer(response, verdict);
                }
            }
            default -> answer(response, NO_SUCH_PATH);
        }
    }

    private Verdict judge(HttpServletRequest request) {
        RtcRequest asked = RtcRequest.of(request);
        return access.media().validate(asked.token(), asked.parameters());
    }

    private static void answer(HttpServletResponse response, Verdict verdict) throws IOException {
        response.setStatus(verdict.status());
        if (verdict.status() == 426) {
            response.setHeader("Upgrade", "websocket");
        }
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write(verdict.text().getBytes(StandardCharsets.UTF_8));
    }
}
