/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plenum.conference.event.Dates;
import org.plenum.conference.event.EntranceRequest;
import org.plenum.conference.event.EventChange;
import org.plenum.conference.event.EventDraft;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.user.Complaint;
import org.plenum.conference.user.Refused;

class BodiesTest {
    /** As the web app sends it. */
    private static final JsonObject DATED = json("{'title':'Planung','description':'','waiting_room':true,"
            + "'show_meeting_details':true,'password':null,'is_time_independent':false,'is_adhoc':false,"
            + "'has_shared_folder':false,'streaming_targets':[],'e2e_encryption':false,'guest_access':'waiting_room',"
            + "'starts_at':{'datetime':'2026-06-12T10:00:00+02:00','timezone':'Europe/Berlin'},"
            + "'ends_at':{'datetime':'2026-06-12T09:00:00.000Z','timezone':'UTC'},'is_all_day':false,"
            + "'recurrence_pattern':['RRULE:FREQ=WEEKLY;INTERVAL=2']}");

    @Test
    void aDatedEventIsRead() {
        EventDraft draft = Bodies.eventDraft(DATED);
        Dates dates = draft.dates().orElseThrow();

        assertEquals(Instant.parse("2026-06-12T08:00:00Z"), dates.starts().moment());
        assertEquals("Europe/Berlin", dates.starts().zone().getId());
        assertEquals(List.of("RRULE:FREQ=WEEKLY;INTERVAL=2"), dates.recurrence());
        assertEquals(Optional.of(Optional.empty()), draft.room().password());
        assertEquals(Optional.of(GuestAccess.WAITING_ROOM), draft.room().guestAccess());
        assertTrue(draft.showMeetingDetails());
    }

    @Test
    void datesOfATimelessEventAreIgnored() {
        assertEquals(
                Optional.empty(),
                Bodies.eventDraft(with(DATED, "is_time_independent", JsonValue.TRUE))
                        .dates());
    }

    @Test
    void everyMissingFieldIsNamedOnce() {
        assertEquals(
                List.of("is_time_independent", "title", "description"),
                fields(() -> Bodies.eventDraft(JsonValue.EMPTY_JSON_OBJECT)));
        assertEquals(
                List.of("starts_at", "ends_at"),
                fields(() -> Bodies.eventDraft(json("{'title':'a','description':'','is_time_independent':false}"))));
        List<Complaint> complaints =
                complaints(() -> Bodies.eventDraft(with(DATED, "title", JsonValue.EMPTY_JSON_ARRAY)));
        assertEquals(1, complaints.size());
        assertEquals("invalid_value", complaints.get(0).code());
    }

    @Test
    void lengthsAreCountedInCharacters() {
        String emoji = "😀";
        assertEquals(
                emoji.repeat(255),
                Bodies.eventDraft(with(DATED, "title", Json.createValue(emoji.repeat(255))))
                        .title());
        assertEquals(
                List.of("title"),
                fields(() -> Bodies.eventDraft(with(DATED, "title", Json.createValue("a".repeat(256))))));
        assertEquals(List.of("title"), fields(() -> Bodies.eventDraft(with(DATED, "title", Json.createValue("")))));
        assertEquals(
                List.of("description"),
                fields(() -> Bodies.eventDraft(with(DATED, "description", Json.createValue("a".repeat(4097))))));
    }

    @Test
    void whatIsNotBuiltIsNotPromised() {
        for (String part : List.of("has_shared_folder", "streaming_targets", "training_participation_report")) {
            assertEquals(
                    List.of(part),
                    fields(() -> Bodies.eventDraft(
                            with(DATED, part, Json.createArrayBuilder().add(1).build()))));
        }
    }

    @Test
    void aChangeTellsAbsentFromNull() {
        EventChange nothing = Bodies.eventChange(JsonValue.EMPTY_JSON_OBJECT);
        assertEquals(Optional.empty(), nothing.room().password());
        assertEquals(Optional.empty(), nothing.title());
        assertEquals(
                Optional.of(Optional.empty()),
                Bodies.eventChange(json("{'password':null}")).room().password());
        assertEquals(
                Optional.of(Optional.of("geheim")),
                Bodies.eventChange(json("{'password':'geheim'}")).room().password());
    }

    /** "wrong types for every field": an answer of the contract, never another exception. */
    @ParameterizedTest
    @MethodSource("wrongValues")
    void wrongTypesAreRefusedFieldByField(JsonValue wrong) {
        for (String field : DATED.keySet()) {
            JsonObject body = with(DATED, field, wrong);
            refusedOrRead(() -> Bodies.eventDraft(body));
            refusedOrRead(() -> Bodies.eventChange(body));
        }
        JsonObject start = json("{'device_secret':'0123456789abcdef','display_name':'a','password':'b',"
                + "'invite_code':'451c5b87-e0f2-4b7f-8879-ede077863c87'}");
        for (String field : start.keySet()) {
            entranceRefusedOrRead(with(start, field, wrong));
        }
        for (String field : Set.of("title", "display_name", "language", "dashboard_theme", "conference_theme")) {
            JsonObject body = with(JsonValue.EMPTY_JSON_OBJECT, field, wrong);
            refusedOrRead(() -> Bodies.profileChange(body));
        }
        refusedOrRead(() -> Bodies.expiration(with(JsonValue.EMPTY_JSON_OBJECT, "expiration", wrong)));
        assertEquals(
                "invalid_json",
                assertThrows(
                                ApiError.class,
                                () -> Bodies.inviteCode(with(JsonValue.EMPTY_JSON_OBJECT, "invite_code", wrong)))
                        .code());
    }

    static Stream<JsonValue> wrongValues() {
        return Stream.of(
                JsonValue.NULL,
                JsonValue.TRUE,
                Json.createValue(0),
                Json.createValue(-1),
                Json.createReader(new StringReader("[1e999999999]")).readArray().get(0),
                Json.createValue(Long.MAX_VALUE),
                Json.createValue(""),
                JsonValue.EMPTY_JSON_ARRAY,
                JsonValue.EMPTY_JSON_OBJECT,
                json("{'datetime':1,'timezone':null}"),
                json("{'datetime':'2026-06-12T08:00:00Z','timezone':'Nowhere/Land'}"),
                json("{'datetime':'+999999999-12-31T23:59:59Z','timezone':'UTC'}"),
                json("{'datetime':'2026-02-30T08:00:00Z','timezone':'UTC'}"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void hostileTextsComeBackUnchangedOrAreRefused(String text) {
        try {
            assertEquals(
                    text,
                    Bodies.eventDraft(with(DATED, "title", Json.createValue(text)))
                            .title());
        } catch (Refused refused) {
            assertEquals("title", refused.complaints().get(0).field());
        }
        EntranceRequest request = Bodies.entrance(
                with(json("{'device_secret':'0123456789abcdef'}"), "display_name", Json.createValue(text)));
        assertEquals(Optional.of(text), request.displayName()); // the entrance cleans it
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void namesHaveNothingThatMovesTheCursorOrTurnsTheDirection(String text) {
        try {
            String name = Bodies.profileChange(
                            with(JsonValue.EMPTY_JSON_OBJECT, "display_name", Json.createValue(text)))
                    .displayName()
                    .orElseThrow();
            assertTrue(name.codePoints().noneMatch(c -> c < 0x20 || c == 0x7F || (c >= 0x202A && c <= 0x202E)), name);
        } catch (Refused refused) {
            assertEquals("display_name", refused.complaints().get(0).field());
        }
    }

    static Stream<String> hostileTexts() {
        try (InputStream file = BodiesTest.class.getResourceAsStream("hostile-text.json");
                JsonReader reader = Json.createReader(file)) {
            return reader.readObject().getJsonArray("values").getValuesAs(JsonObject.class).stream()
                    .map(entry -> entry.getString("value"))
                    .filter(text -> text.length() < 256)
                    .toList()
                    .stream();
        } catch (java.io.IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void anEntranceIsRefusedWithABadRequestOnly() {
        for (String body : List.of(
                "{}",
                "{'device_secret':'short'}",
                "{'device_secret':'0123456789abcdef','invite_code':'x'}",
                "{'device_secret':'0123456789abcdef','invite_code':'1-1-1-1-1'}",
                "{'device_secret':'0123456789abcdef','display_name':7}")) {
            assertEquals(
                    400,
                    assertThrows(ApiError.class, () -> Bodies.entrance(json(body)))
                            .status());
        }
    }

    private static List<String> fields(Runnable reading) {
        return complaints(reading).stream().map(Complaint::field).toList();
    }

    private static List<Complaint> complaints(Runnable reading) {
        return new ArrayList<>(assertThrows(Refused.class, reading::run).complaints());
    }

    private static void refusedOrRead(Runnable reading) {
        try {
            reading.run();
        } catch (Refused refused) {
            assertEquals(Refused.Reason.VALIDATION_FAILED, refused.reason());
        }
    }

    private static void entranceRefusedOrRead(JsonObject body) {
        try {
            Bodies.entrance(body);
        } catch (ApiError refused) {
            assertEquals("bad_request", refused.code());
        }
    }

    private static JsonObject with(JsonObject body, String key, JsonValue value) {
        JsonObjectBuilder changed = Json.createObjectBuilder(body);
        return changed.add(key, value).build();
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }
}
