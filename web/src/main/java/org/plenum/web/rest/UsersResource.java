/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.plenum.conference.event.Events;
import org.plenum.conference.user.Users;

/** The own account. */
@Path("users/me")
@RequestScoped
@SignedIn
public class UsersResource {
    @Inject
    private Callers callers;

    @Inject
    private Users users;

    @Inject
    private Events events;

    @GET
    public JsonObject profile() {
        return Shapes.ownProfile(users.profile(callers.require()));
    }

    @PATCH
    public Response change(JsonObject body) {
        return body.isEmpty()
                ? Response.noContent().build()
                : Response.ok(Shapes.ownProfile(users.change(callers.require(), Bodies.profileChange(body))))
                        .build();
    }

    @GET
    @Path("tariff")
    public JsonObject tariff() {
        return Shapes.tariff(users.tariff(callers.require()));
    }

    @PUT
    @Path("event_favorites/{event: " + Ids.UUID + "}")
    public Response addFavourite(@PathParam("event") UUID event) {
        return Response.status(events.addFavourite(callers.require(), event) ? 201 : 204)
                .build();
    }

    @DELETE
    @Path("event_favorites/{event: " + Ids.UUID + "}")
    public void removeFavourite(@PathParam("event") UUID event) {
        events.removeFavourite(callers.require(), event);
    }
}
