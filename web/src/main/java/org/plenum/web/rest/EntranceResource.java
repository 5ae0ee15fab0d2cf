/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.plenum.conference.event.Admission;
import org.plenum.conference.event.Entrance;
import org.plenum.conference.event.EntranceRequest;
import org.plenum.conference.live.LiveRooms;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;
import org.plenum.web.config.Settings;

/**
 * The way into a meeting: the rules decide, the live room gives a token for its socket (rest.md section 8). Final
 * refusals are 400, 401 {@code wrong_room_password}, 403 and 404: upon anything else the web app tries for ever.
 */
@Path("rooms/{room: " + Ids.UUID + "}")
@RequestScoped
public class EntranceResource {
    @Inject
    private Callers callers;

    @Inject
    private Entrance entrance;

    @Inject
    private LiveRooms live;

    @Inject
    private GuessLimits limits;

    @Inject
    private Settings settings;

    @Inject
    private HttpServletRequest request;

    @Context
    private UriInfo uri;

    @PathParam("room")
    private UUID room;

    @POST
    @Path("start")
    @SignedIn
    public JsonObject start(JsonObject body) {
        return admitted(asAccount(callers.require(), entranceRequest(body)));
    }

    /** Public, whatever stands in the Authorization header; who has a good token enters as that account. */
    @POST
    @Path("start_invited")
    public JsonObject startInvited(JsonObject body) {
        EntranceRequest wanted = entranceRequest(body);
        Optional<Caller> caller = callers.present();
        return admitted(caller.isPresent() ? asAccount(caller.get(), wanted) : asGuest(wanted));
    }

    private EntranceRequest entranceRequest(JsonObject body) {
        EntranceRequest wanted = Bodies.entrance(body);
        return live.knows(room, wanted.device()) ? wanted.ofKnownDevice() : wanted;
    }

    private Admission asAccount(Caller caller, EntranceRequest wanted) {
        if (live.banned(room, caller.account())) {
            throw Refused.forbidden();
        }
        return wanted.invite().isPresent()
                ? guarded(() -> entrance.account(caller, room, wanted, settings.moderatorGroup()))
                : entrance.account(caller, room, wanted, settings.moderatorGroup());
    }

    private Admission asGuest(EntranceRequest wanted) {
        return guarded(() -> entrance.guest(room, wanted));
    }

    private Admission guarded(Supplier<Admission> attempt) {
        return limits.entrance(request.getRemoteAddr(), room, attempt);
    }

    private JsonObject admitted(Admission admission) {
        String address = settings.publicUrl(uri.getRequestUri());
        return Shapes.ticket(live.admit(admission, address), address);
    }
}
