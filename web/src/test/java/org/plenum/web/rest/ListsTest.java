/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.plenum.conference.event.Cursor;
import org.plenum.conference.event.EventFilter;
import org.plenum.conference.event.EventPage;
import org.plenum.conference.room.Invitee;

/** Query strings, cursors and Link headers. */
class ListsTest {
    private static final Cursor CURSOR = new Cursor(
            Instant.parse("2026-06-12T08:00:00Z"),
            Instant.parse("2026-06-01T08:00:00.123456Z"),
            UUID.fromString("e7e27000-0000-4000-8000-000000000001"));

    @Test
    void aCursorSurvivesItsText() {
        assertEquals(Optional.of(CURSOR), Cursor.parse(CURSOR.text()));
    }

    @Test
    void whatIsNoCursorIsABadRequest() {
        byte[] far = new byte[32];
        far[0] = 127;
        for (String text : List.of(
                "x",
                "ä",
                CURSOR.text().substring(1),
                CURSOR.text() + "AAAA",
                java.util.Base64.getUrlEncoder().encodeToString(far))) {
            assertEquals(
                    "bad_request",
                    assertThrows(ApiError.class, () -> query("after", text).window())
                            .code());
        }
    }

    @Test
    void rowsAPageAreBetweenOneAndAHundred() {
        assertEquals(30, query("x", "y").perPage());
        assertEquals(100, query("per_page", "100").perPage());
        assertEquals(100, query("per_page", "101").perPage());
        assertEquals(1, query("per_page", "0").perPage());
        assertEquals(1, query("page", "-3").page());
        for (String text : List.of("1.5", "99999999999", "ten")) {
            assertEquals(
                    400,
                    assertThrows(ApiError.class, () -> query("per_page", text).perPage())
                            .status());
        }
    }

    @Test
    void filtersAreRead() {
        EventFilter filter = new Query(Map.of(
                        "time_min", List.of("2026-06-12T00:00:00 02:00"), // the plus sign was not escaped
                        "time_max", List.of("+999999999-12-31T23:59:59.999999999Z"),
                        "invite_status", List.of("accepted,pending,tentative"),
                        "adhoc", List.of("false"),
                        "favorites", List.of("true"),
                        "created_by", List.of("somebody")))
                .filter();

        assertEquals(Optional.of(Instant.parse("2026-06-11T22:00:00Z")), filter.from());
        assertEquals(Optional.of(EventFilter.LAST), filter.until());
        assertEquals(
                EnumSet.of(Invitee.Status.ACCEPTED, Invitee.Status.PENDING, Invitee.Status.TENTATIVE),
                filter.statuses());
        assertEquals(Optional.of(false), filter.adhoc());
        assertEquals(Optional.empty(), filter.timeIndependent());
    }

    @Test
    void whatCannotBeReadIsABadRequest() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "time_min", "tomorrow", "adhoc", "1", "invite_status", "accepted,maybe", "favorites", "yes")
                .entrySet()) {
            assertEquals(
                    400,
                    assertThrows(
                                    ApiError.class,
                                    () -> query(wrong.getKey(), wrong.getValue())
                                            .filter())
                            .status());
        }
    }

    @Test
    void linksAreAbsoluteAndKeepTheOtherParameters() {
        URI request = URI.create("http://10.0.0.1:8080/v1/events/instances?per_page=100&after=old&adhoc=false"
                + "&time_min=2026-06-12T10%3A00%3A00%2B02%3A00");
        EventPage page = new EventPage(List.of(), Optional.empty(), Optional.of(CURSOR));

        assertEquals(
                Optional.of("<https://plenum.example/v1/events/instances?per_page=100&adhoc=false"
                        + "&time_min=2026-06-12T10%3A00%3A00%2B02%3A00&after=" + CURSOR.text() + ">; rel=\"after\""),
                new Links("https://plenum.example", request).cursors(page));
        assertEquals(
                Optional.empty(),
                new Links("https://plenum.example", request)
                        .cursors(new EventPage(List.of(), Optional.empty(), Optional.empty())));
    }

    @Test
    void pagesAreLinkedByNumber() {
        URI request = URI.create("http://x/v1/rooms/a/invites?page=2");

        assertEquals(
                Optional.of("<http://p/v1/rooms/a/invites?page=1>; rel=\"first\","
                        + " <http://p/v1/rooms/a/invites?page=1>; rel=\"prev\","
                        + " <http://p/v1/rooms/a/invites?page=3>; rel=\"next\","
                        + " <http://p/v1/rooms/a/invites?page=3>; rel=\"last\""),
                new Links("http://p", request).pages(2, 30, 61));
        assertEquals(Optional.empty(), new Links("http://p", request).pages(1, 30, 30));
    }

    @Test
    void aHeaderThatTheWebAppWouldIgnoreIsLeftOut() {
        URI request = URI.create("http://x/v1/events?x=" + "a".repeat(2000));

        assertEquals(
                Optional.empty(),
                new Links("http://p", request)
                        .cursors(new EventPage(List.of(), Optional.empty(), Optional.of(CURSOR))));
    }

    private static Query query(String name, String value) {
        return new Query(Map.of(name, List.of(value)));
    }
}
