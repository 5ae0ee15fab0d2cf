/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

/** A request that REST itself refuses, before or beside the rules of the conference (rest.md section 1.3). */
final class ApiError extends RuntimeException {
    /** The text by which the web app knows that refreshing its token will not help; it compares it exactly. */
    static final String UNREADABLE = "Unable to parse access token or invite code";

    private final int status;
    private final String code;

    private ApiError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "bad_request", message);
    }

    static ApiError invalidJson(String message) {
        return new ApiError(400, "invalid_json", message);
    }

    static ApiError invalidContentType() {
        return new ApiError(400, "invalid_content_type", "The body must be application/json");
    }

    static ApiError payloadOverflow() {
        return new ApiError(400, "payload_overflow", "The body is too large");
    }

    static ApiError unauthorized(String message) {
        return new ApiError(401, "unauthorized", message);
    }

    static ApiError notFound() {
        return new ApiError(404, "not_found", "There is no such thing");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
