/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * A request that the rules do not allow: data for the caller, no fault of the server. Rolls the transaction back and
 * has no stack trace. The reasons are the error codes of REST (rest.md section 1.3), which one place turns into answers.
 */
@ApplicationException(rollback = true)
public final class Refused extends RuntimeException {
    /** The closed set of refusals. */
    public enum Reason {
        /** What was sent makes no sense here, and no repetition will help. */
        BAD_REQUEST,
        WRONG_ROOM_PASSWORD,
        /** The object is of the own tenant, the caller has no right on it. */
        FORBIDDEN,
        /** Unknown, of another tenant, or a guest link that does not open anything: no difference is told. */
        NOT_FOUND,
        /** Fields of the body are wrong, see {@link #complaints}. */
        VALIDATION_FAILED
    }

    private final Reason reason;
    private final transient List<Complaint> complaints;

    private Refused(Reason reason, String message, List<Complaint> complaints) {
        super(message, null, false, false);
        this.reason = reason;
        this.complaints = complaints;
    }

    public static Refused badRequest(String message) {
        return new Refused(Reason.BAD_REQUEST, message, List.of());
    }

    public static Refused wrongRoomPassword() {
        return new Refused(Reason.WRONG_ROOM_PASSWORD, "The room password is missing or wrong", List.of());
    }

    public static Refused forbidden() {
        return new Refused(Reason.FORBIDDEN, "You may not do this", List.of());
    }

    /** One text for every case: it must not tell whether the thing exists. */
    public static Refused notFound() {
        return new Refused(Reason.NOT_FOUND, "There is no such thing", List.of());
    }

    public static Refused invalid(List<Complaint> complaints) {
        return new Refused(Reason.VALIDATION_FAILED, "Some fields are not valid", List.copyOf(complaints));
    }

    public Reason reason() {
        return reason;
    }

    /** Empty unless the reason is {@link Reason#VALIDATION_FAILED}. */
    public List<Complaint> complaints() {
        return complaints;
    }
}
