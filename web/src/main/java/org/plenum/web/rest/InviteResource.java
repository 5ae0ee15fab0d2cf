/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.plenum.conference.invite.Invites;

/** For guests who have a link and nothing else. Public, whatever stands in the Authorization header. */
@Path("invite")
@RequestScoped
public class InviteResource {
    @Inject
    private Invites invites;

    @Inject
    private GuessLimits limits;

    @Inject
    private HttpServletRequest request;

    @POST
    @Path("verify")
    public JsonObject verify(JsonObject body) {
        UUID code = Bodies.inviteCode(body);
        return Shapes.opened(limits.link(request.getRemoteAddr(), () -> invites.verify(code)));
    }
}
