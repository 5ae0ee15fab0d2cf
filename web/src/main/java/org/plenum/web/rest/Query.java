/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plenum.conference.event.Cursor;
import org.plenum.conference.event.EventFilter;
import org.plenum.conference.event.Window;
import org.plenum.conference.room.Invitee;

/** The query string of a list (rest.md sections 1.5 and 7.1). Unknown parameters are ignored, of two values the first counts. */
final class Query {
    private static final int DEFAULT_ROWS = 30;
    private static final int MOST_ROWS = 100;
    private final Map<String, List<String>> parameters;

    Query(UriInfo uri) {
        this(uri.getQueryParameters());
    }

    Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Rows of a page, 1 to 100; what is beyond is taken for the nearest. */
    int perPage() {
        return Math.max(1, Math.min(MOST_ROWS, integer("per_page", DEFAULT_ROWS)));
    }

    /** Number of the page, from 1. */
    int page() {
        return Math.max(1, Math.min(1_000_000, integer("page", 1)));
    }

    /** Invitees shown with each event, 0 to 100. */
    int inviteesMax() {
        return Math.max(0, Math.min(MOST_ROWS, integer("invitees_max", 0)));
    }

    Window window() {
        Optional<Cursor> after = cursor("after");
        return new Window(perPage(), after, after.isPresent() ? Optional.empty() : cursor("before"));
    }

    EventFilter filter() {
        return new EventFilter(
                instant("time_min"),
                instant("time_max"),
                instant("created_after"),
                instant("created_before"),
                bool("favorites").orElse(false),
                statuses(),
                bool("adhoc"),
                bool("time_independent"));
    }

    private Optional<Instant> instant(String name) {
        return text(name).map(value -> {
            // an unescaped plus sign arrives as a blank
            Instant time = Fields.instantOf(value.replace(' ', '+')).orElseThrow(() -> wrong(name));
            if (time.isBefore(EventFilter.FIRST)) {
                return EventFilter.FIRST;
            }
            return time.isAfter(EventFilter.LAST) ? EventFilter.LAST : time;
        });
    }

    private Optional<Boolean> bool(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name);
        });
    }

    private Set<Invitee.Status> statuses() {
        Set<Invitee.Status> statuses = EnumSet.noneOf(Invitee.Status.class);
        text("invite_status").ifPresent(list -> {
            for (String name : list.split(",")) {
                statuses.add(status(name));
            }
        });
        return statuses;
    }

    private static Invitee.Status status(String name) {
        for (Invitee.Status status : Invitee.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(name)) {
                return status;
            }
        }
        throw wrong("invite_status");
    }

    private Optional<Cursor> cursor(String name) {
        return text(name).map(value -> Cursor.parse(value).orElseThrow(() -> wrong(name)));
    }

    private int integer(String name, int otherwise) {
        return text(name)
                .map(value -> {
                    if (!value.matches("-?[0-9]{1,9}")) {
                        throw wrong(name);
                    }
                    return Integer.parseInt(value);
                })
                .orElse(otherwise);
    }

    private Optional<String> text(String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(0)).filter(value -> !value.isEmpty());
    }

    private static ApiError wrong(String name) {
        return ApiError.badRequest("The parameter " + name + " cannot be read");
    }
}
