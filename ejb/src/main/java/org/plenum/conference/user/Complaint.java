/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

/** What is wrong with one field of a request (rest.md section 1.3, code 422). */
public record Complaint(String field, String code, String message) {
    public static Complaint required(String field) {
        return new Complaint(field, "value_required", field + " is required");
    }

    public static Complaint invalid(String field, String message) {
        return new Complaint(field, "invalid_value", message);
    }
}
