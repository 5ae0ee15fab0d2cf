/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.plenum.media.api.ServiceAnswer;
import org.plenum.media.api.ServiceRequest;

/** LiveKit's server API over HTTP: POST with protobuf or JSON, answered in the same form; faults are JSON. */
@ApplicationScoped
public class Twirp {
    static final String PREFIX = "/livekit/twirp/livekit.RoomService/";
    private static final Logger LOG = System.getLogger("org.plenum.web");
    private static final int MOST_OCTETS = 1 << 20;
    private static final long PATIENCE_MS = 10_000;
    private static final String PROTOBUF = "application/protobuf";
    private static final String JSON = "application/json";

    @Inject
    private MediaAccess access;

    /** @param path begins with {@link #PREFIX} */
    void serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type =
                String.valueOf(request.getContentType()).replaceFirst(";.*", "").trim();
        if (!"POST".equals(request.getMethod()) || !type.equals(PROTOBUF) && !type.equals(JSON)) {
            refuse(response, 404, "bad_route", "POST with " + JSON + " or " + PROTOBUF);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_OCTETS + 1);
        if (body.length > MOST_OCTETS) {
            refuse(response, 400, "invalid_argument", "the body is longer than 1 MiB");
            return;
        }
        String method = path.substring(PREFIX.length());
        String token = request.getHeader(RtcRequest.TOKEN_HEADER);
        AsyncContext later = request.startAsync(request, response);
        later.setTimeout(PATIENCE_MS);
        access.media()
                .serve(new ServiceRequest(method, token, type.equals(JSON), body))
                .whenCompleteAsync((answer, failure) -> {
                    try {
                        write(response, answer, failure);
                    } finally {
                        later.complete();
                    }
                });
    }

    private static void write(HttpServletResponse response, ServiceAnswer answer, Throwable failure) {
        try {
            if (failure != null) {
                refuse(response, 503, "unavailable", "the media engine is busy or stopped");
                return;
            }
            response.setStatus(answer.status());
            response.setContentType(answer.json() ? JSON : PROTOBUF);
            response.getOutputStream().write(answer.body());
        } catch (IOException | IllegalStateException gone) { // the caller, or its patience
            LOG.log(Level.DEBUG, "an answer of the media service found nobody", gone);
        }
    }

    /** @param code and message: plain words without quotation marks */
    private static void refuse(HttpServletResponse response, int status, String code, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType(JSON);
        String text = "{\"code\":\"" + code + "\",\"msg\":\"" + message + "\"}";
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
