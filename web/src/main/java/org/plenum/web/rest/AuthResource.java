/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.plenum.web.config.Settings;

/** Where to log in, for clients without a configuration file. */
@Path("auth")
@RequestScoped
public class AuthResource {
    @Inject
    private Settings settings;

    @GET
    @Path("login")
    public JsonObject login() {
        return Shapes.login(settings.oidcUrl());
    }
}
