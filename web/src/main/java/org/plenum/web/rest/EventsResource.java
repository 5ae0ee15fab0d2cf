/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.plenum.conference.event.EventPage;
import org.plenum.conference.event.Events;
import org.plenum.web.config.Settings;

/** The calendar of an account. */
@Path("events")
@RequestScoped
@SignedIn
public class EventsResource {
    private static final String ID = "{event: " + Ids.UUID + "}";

    @Inject
    private Callers callers;

    @Inject
    private Events events;

    @Inject
    private Settings settings;

    @Context
    private UriInfo uri;

    @GET
    public Response list() {
        Query query = new Query(uri);
        EventPage page = events.list(callers.require(), query.filter(), query.window(), query.inviteesMax());
        Response.ResponseBuilder answer = Response.ok(Shapes.array(page.rows(), Shapes::event));
        new Links(settings.publicUrl(uri.getRequestUri()), uri.getRequestUri())
                .cursors(page)
                .ifPresent(links -> answer.header(HttpHeaders.LINK, links));
        return answer.build();
    }

    /** As {@link #list}: a series is one row, because occurrences are not worked out yet. */
    @GET
    @Path("instances")
    public Response listInstances() {
        return list();
    }

    @POST
    public Response create(JsonObject body) {
        return Response.status(Response.Status.CREATED)
                .entity(Shapes.event(
                        events.create(callers.require(), Bodies.eventDraft(body), new Query(uri).inviteesMax())))
                .build();
    }

    @GET
    @Path(ID)
    public JsonObject read(@PathParam("event") UUID event) {
        return Shapes.event(events.read(callers.require(), event, new Query(uri).inviteesMax()));
    }

    @PATCH
    @Path(ID)
    public JsonObject change(@PathParam("event") UUID event, JsonObject body) {
        return Shapes.event(
                events.change(callers.require(), event, Bodies.eventChange(body), new Query(uri).inviteesMax()));
    }

    @DELETE
    @Path(ID)
    public void delete(@PathParam("event") UUID event) {
        events.delete(callers.require(), event);
    }
}
