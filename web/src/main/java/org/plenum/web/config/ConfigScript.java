/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.plenum.web.rtc.MediaAccess;

/** {@code /config.js}: where the web app finds its server and the login (rest.md section 2). */
@WebServlet("/config.js")
public class ConfigScript extends HttpServlet {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    private transient Settings settings;

    @Inject
    private transient MediaAccess media;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/javascript; charset=utf-8");
        response.getWriter()
                .write(script(
                        settings,
                        URI.create(request.getRequestURL().toString()),
                        media.media().relays()));
    }

    /** @param relays TURN servers: the lobby looks which of them it can reach; other web apps do not read them */
    static String script(Settings settings, URI request, List<String> relays) {
        String base = settings.publicUrl(request);
        JsonObject config = JSON.createObjectBuilder()
                .add("controller", URI.create(base).getRawAuthority())
                .add("insecure", base.startsWith("http:"))
                .add("baseUrl", base)
                .add(
                        "oidcConfig",
                        JSON.createObjectBuilder()
                                .add("authority", settings.oidcUrl())
                                .add("clientId", settings.oidcClient()))
                .add("beta", JSON.createObjectBuilder().add("isBeta", false))
                .add("spacedeck", JSON.createObjectBuilder().add("enabled", false))
                .add("network", JSON.createObjectBuilder().add("relays", JSON.createArrayBuilder(relays)))
                .build();
        return "window.config=" + config + ";\n";
    }
}
