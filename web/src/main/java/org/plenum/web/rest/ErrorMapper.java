/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.List;
import org.plenum.conference.live.MeetingUnavailable;
import org.plenum.conference.user.Complaint;
import org.plenum.conference.user.Refused;

/** Turns every exception into an answer of the contract (rest.md section 1.3): the one place that does. */
@Provider
public class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ErrorMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ApiError error) {
            return answer(error.status(), error.code(), error.getMessage(), List.of());
        }
        if (thrown instanceof Refused refused) {
            return refusal(refused);
        }
        if (thrown instanceof NotFoundException || thrown instanceof NotAllowedException) {
            return toResponse(ApiError.notFound()); // what is not built yet must be a 404 for the web app
        }
        if (thrown instanceof NotSupportedException) {
            return toResponse(ApiError.invalidContentType());
        }
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return toResponse(ApiError.badRequest("The request cannot be read"));
        }
        if (thrown instanceof MeetingUnavailable) {
            return answer(503, "service_unavailable", "The meeting cannot be entered now", List.of());
        }
        if (hasCause(thrown, OptimisticLockException.class)) {
            return answer(409, "conflict", "Somebody else changed it at the same moment", List.of());
        }
        LOG.log(Level.ERROR, () -> "a request failed: " + types(thrown));
        return answer(500, "internal_server_error", "Something went wrong", List.of());
    }

    private static Response refusal(Refused refused) {
        return switch (refused.reason()) {
            case BAD_REQUEST -> answer(400, "bad_request", refused.getMessage(), List.of());
            case WRONG_ROOM_PASSWORD -> answer(401, "wrong_room_password", refused.getMessage(), List.of());
            case FORBIDDEN -> answer(403, "forbidden", refused.getMessage(), List.of());
            case NOT_FOUND -> toNotFound(refused);
            case VALIDATION_FAILED -> answer(422, "validation_failed", refused.getMessage(), refused.complaints());
        };
    }

    private static Response toNotFound(Refused refused) {
        return answer(404, "not_found", refused.getMessage(), List.of());
    }

    private static Response answer(int status, String code, String message, List<Complaint> complaints) {
        Response.ResponseBuilder answer =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body(code, message, complaints));
        if (code.equals("unauthorized")) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""); // RFC 6750 section 3
        }
        return answer.build();
    }

    private static JsonObject body(String code, String message, List<Complaint> complaints) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("code", code).add("message", message);
        if (!complaints.isEmpty()) {
            JsonArrayBuilder entries = Json.createArrayBuilder();
            complaints.forEach(complaint -> entries.add(Json.createObjectBuilder()
                    .add("field", complaint.field())
                    .add("code", complaint.code())
                    .add("message", complaint.message())));
            body.add("validation_errors", entries);
        }
        return body.build();
    }

    private static boolean hasCause(Throwable thrown, Class<?> type) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Where it went wrong, but no message of an exception: databases write the values of a row into theirs. */
    private static String types(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            text.append(depth == 0 ? "" : ", caused by ")
                    .append(cause.getClass().getName());
            StackTraceElement[] trace = cause.getStackTrace();
            if (trace.length > 0) {
                text.append(" at ").append(trace[0]);
            }
        }
        return text.toString();
    }
}
