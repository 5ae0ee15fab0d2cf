/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Lets clients other than the web app find the server from its name (RFC 8615; rest.md section 2). */
@WebServlet("/.well-known/opentalk/*")
public class WellKnown extends HttpServlet {
    @Inject
    private transient Settings settings;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String base = settings.publicUrl(URI.create(request.getRequestURL().toString()));
        Optional<JsonObject> document = document(String.valueOf(request.getPathInfo()), base);
        if (document.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("application/json");
        response.setHeader("Access-Control-Allow-Origin", "*"); // public, and the same for everybody
        response.getWriter().write(document.get().toString());
    }

    static Optional<JsonObject> document(String path, String base) {
        return switch (path) {
            case "/client" -> Optional.of(nested("opentalk_controller", "base_url", base));
            case "/api" ->
                Optional.of(Json.createObjectBuilder()
                        .add("opentalk_api", nested("v1", "base_url", "v1"))
                        .build());
            default -> Optional.empty();
        };
    }

    private static JsonObject nested(String outer, String inner, String value) {
        return Json.createObjectBuilder()
                .add(outer, Json.createObjectBuilder().add(inner, value))
                .build();
    }
}
