/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.plenum.conference.event.Events;
import org.plenum.conference.invite.InviteInfo;
import org.plenum.conference.invite.Invites;
import org.plenum.conference.room.Paged;
import org.plenum.conference.room.Rooms;
import org.plenum.web.config.Settings;

/** Rooms, what their lobbies show, and their guest links. */
@Path("rooms/{room: " + Ids.UUID + "}")
@RequestScoped
public class RoomsResource {
    @Inject
    private Callers callers;

    @Inject
    private Rooms rooms;

    @Inject
    private Events events;

    @Inject
    private Invites invites;

    @Inject
    private Settings settings;

    @Context
    private UriInfo uri;

    @PathParam("room")
    private UUID room;

    @GET
    @SignedIn
    public JsonObject read() {
        return Shapes.room(rooms.read(callers.require(), room));
    }

    @DELETE
    @SignedIn
    public void delete() {
        rooms.delete(callers.require(), room);
    }

    @GET
    @Path("tariff")
    public JsonObject tariff() {
        return Shapes.tariff(callers.inviteCode()
                .map(code -> invites.tariff(code, room))
                .orElseGet(() -> rooms.tariff(callers.require(), room)));
    }

    @GET
    @Path("event")
    public JsonObject event() {
        return Shapes.lobby(callers.inviteCode()
                .map(code -> events.lobby(code, room))
                .orElseGet(() -> events.lobby(callers.require(), room)));
    }

    @GET
    @Path("invites")
    @SignedIn
    public Response listInvites() {
        Query query = new Query(uri);
        Paged<InviteInfo> page = invites.list(callers.require(), room, query.page(), query.perPage());
        Response.ResponseBuilder answer = Response.ok(Shapes.array(page.rows(), Shapes::invite));
        new Links(settings.publicUrl(uri.getRequestUri()), uri.getRequestUri())
                .pages(query.page(), query.perPage(), page.total())
                .ifPresent(links -> answer.header(HttpHeaders.LINK, links));
        return answer.build();
    }

    /** The web app wants 200, not 201. */
    @POST
    @Path("invites")
    @SignedIn
    public JsonObject createInvite(JsonObject body) {
        return Shapes.invite(invites.create(callers.require(), room, Bodies.expiration(body)));
    }
}
