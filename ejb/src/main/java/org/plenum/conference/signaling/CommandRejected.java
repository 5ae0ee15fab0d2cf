/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/**
 * The client asked for something it may not have. Becomes an error event for the sender's connections (ENV-9); never a
 * log entry above debug.
 */
public class CommandRejected extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final boolean malformed;
    private final transient JsonObject details;

    public CommandRejected(String error) {
        this(error, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** @param details further fields of the event, such as the ids that are unknown. */
    public CommandRejected(String error, JsonObject details) {
        this(error, false, details);
    }

    private CommandRejected(String error, boolean malformed, JsonObject details) {
        super(error, null, false, false); // no stack trace: this is an answer, not a fault
        this.error = error;
        this.malformed = malformed;
        this.details = details;
    }

    /** The payload is none of the namespace's commands. */
    public static CommandRejected invalidJson(String why) {
        return new CommandRejected(
                "invalid_json",
                true,
                Json.createObjectBuilder().add("message", why).build());
    }

    public String error() {
        return error;
    }

    /** True: the answer goes out in namespace error, not in that of the module. */
    public boolean malformed() {
        return malformed;
    }

    /** The event that answers the command in its own namespace. */
    public JsonObject event() {
        JsonObjectBuilder event = Wire.error(error);
        details.forEach(event::add);
        return event.build();
    }

    public JsonObject details() {
        return details;
    }
}
