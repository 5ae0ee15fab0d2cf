/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.plenum.conference.event.Admission;
import org.plenum.conference.event.Dates;
import org.plenum.conference.event.EventInfo;
import org.plenum.conference.event.LobbyInfo;
import org.plenum.conference.event.When;
import org.plenum.conference.invite.InviteInfo;
import org.plenum.conference.room.CallIn;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.RoomInfo;
import org.plenum.conference.tariff.TariffInfo;
import org.plenum.conference.user.OwnProfile;
import org.plenum.conference.user.Profile;
import org.plenum.conference.user.Theme;

/** Keys that are there, absent or null as rest.md section 6 says. */
class ShapesTest {
    private static final UUID ID = UUID.fromString("e7e27000-0000-4000-8000-000000000001");
    private static final Instant TIME = Instant.parse("2026-06-12T08:00:00Z");
    private static final Profile ALICE = new Profile(ID, "alice@example.org", "", "Alice", "Adams", "Ali", "");
    private static final String ALICE_JSON = "{'id':'e7e27000-0000-4000-8000-000000000001','email':'alice@example.org',"
            + "'title':'','firstname':'Alice','lastname':'Adams','display_name':'Ali','avatar_url':''}";

    @Test
    void themesThatAreNotSetAreNull() {
        JsonObject own = Shapes.ownProfile(new OwnProfile(ALICE, "de", Optional.of(Theme.DARK), Optional.empty(), 7));

        assertEquals("dark", own.getString("dashboard_theme"));
        assertTrue(own.isNull("conference_theme"));
        assertEquals("default", own.getString("tariff_status"));
        assertEquals(7, own.getInt("used_storage"));
        assertEquals("Ali", own.getString("display_name"));
    }

    @Test
    void quotasThatAreUnlimitedAreAbsent() {
        TariffInfo tariff = new TariffInfo(
                ID,
                "Standard",
                Optional.of(5_368_709_120L),
                Optional.empty(),
                Optional.of(3600),
                Map.of("core", Set.of("guests_allowed")),
                Set.of());

        assertEquals(
                json("{'id':'e7e27000-0000-4000-8000-000000000001','name':'Standard',"
                        + "'quotas':{'max_storage':5368709120,'room_time_limit_secs':3600},"
                        + "'modules':{'core':{'features':['guests_allowed']}}}"),
                Shapes.tariff(tariff));
    }

    @Test
    void aTimelessEventHasNoKeyOfDates() {
        JsonObject event = Shapes.event(event(Optional.empty(), Optional.empty()));

        for (String key : List.of(
                "is_all_day",
                "starts_at",
                "ends_at",
                "recurrence_pattern",
                "streaming_targets",
                "shared_folder",
                "training_participation_report")) {
            assertFalse(event.containsKey(key), key);
        }
        assertTrue(event.getBoolean("is_time_independent"));
        assertEquals("single", event.getString("type"));
        assertFalse(event.getJsonObject("room").containsKey("password"));
        assertFalse(event.getJsonObject("room").containsKey("call_in"));
        assertEquals(json(ALICE_JSON), event.getJsonObject("created_by"));
    }

    @Test
    void aSeriesGivesItsRuleBackUnchanged() {
        Dates dates = new Dates(
                false,
                new When(TIME, ZoneId.of("Europe/Berlin")),
                new When(TIME, ZoneId.of("UTC")),
                List.of("RRULE:FREQ=WEEKLY;INTERVAL=2"));
        JsonObject event = Shapes.event(event(Optional.of(dates), Optional.of("geheim")));

        assertEquals(
                "RRULE:FREQ=WEEKLY;INTERVAL=2",
                event.getJsonArray("recurrence_pattern").getString(0));
        assertEquals("recurring", event.getString("type"));
        assertEquals(
                json("{'datetime':'2026-06-12T08:00:00Z','timezone':'Europe/Berlin'}"),
                event.getJsonObject("starts_at"));
        assertEquals(
                json("{'id':'e7e27000-0000-4000-8000-000000000001','password':'geheim','waiting_room':true,"
                        + "'guest_access':'direct_access','e2e_encryption':false}"),
                event.getJsonObject("room"));
    }

    @Test
    void theExpirationOfAPermanentLinkIsNull() {
        JsonObject invite = Shapes.invite(new InviteInfo(ID, ID, true, Optional.empty(), ALICE, TIME, ALICE, TIME));

        assertTrue(invite.containsKey("expiration"));
        assertTrue(invite.isNull("expiration"));
        assertEquals(
                "2026-06-12T08:00:00Z",
                Shapes.invite(new InviteInfo(ID, ID, true, Optional.of(TIME), ALICE, TIME, ALICE, TIME))
                        .getString("expiration"));
    }

    @Test
    void aLobbyHasDetailsOnlyWhereTheEventShowsThem() {
        LobbyInfo hidden = new LobbyInfo(ID, ID, "t", false, false, Optional.empty());
        assertFalse(Shapes.lobby(hidden).containsKey("meeting_details"));

        Admission.Details details = new Admission.Details(
                Optional.of(ID),
                Optional.of(new CallIn("+49 30 1", Optional.empty(), "0123456789", "9876543210")),
                List.of(new Admission.StreamingLink("n", "https://example.org/u")));
        assertEquals(
                json("{'invite_code_id':'e7e27000-0000-4000-8000-000000000001',"
                        + "'call_in':{'tel':'+49 30 1','id':'0123456789','password':'9876543210'},"
                        + "'streaming_links':[{'name':'n','url':'https://example.org/u'}]}"),
                Shapes.lobby(new LobbyInfo(ID, ID, "t", false, false, Optional.of(details)))
                        .getJsonObject("meeting_details"));
    }

    private static EventInfo event(Optional<Dates> dates, Optional<String> password) {
        RoomInfo room =
                new RoomInfo(ID, ALICE, TIME, password, GuestAccess.DIRECT_ACCESS, true, false, Optional.empty());
        return new EventInfo(
                ID,
                "t",
                "",
                false,
                true,
                dates,
                room,
                List.of(new EventInfo.InviteeInfo(ALICE, Invitee.Role.MODERATOR, Invitee.Status.PENDING)),
                false,
                Invitee.Status.ACCEPTED,
                false,
                true,
                ALICE,
                TIME,
                ALICE,
                TIME);
    }

    @Test
    void anInviteeIsAProfileWithItsKindAndRole() {
        JsonObject invitee = Shapes.event(event(Optional.empty(), Optional.empty()))
                .getJsonArray("invitees")
                .getJsonObject(0);

        assertEquals("pending", invitee.getString("status"));
        assertEquals("registered", invitee.getJsonObject("profile").getString("kind"));
        assertEquals("moderator", invitee.getJsonObject("profile").getString("role"));
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }
}
