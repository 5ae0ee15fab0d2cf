/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.plenum.conference.event.Admission;
import org.plenum.conference.event.Dates;
import org.plenum.conference.event.EventInfo;
import org.plenum.conference.event.LobbyInfo;
import org.plenum.conference.event.When;
import org.plenum.conference.invite.InviteInfo;
import org.plenum.conference.invite.OpenedRoom;
import org.plenum.conference.room.CallIn;
import org.plenum.conference.room.RoomInfo;
import org.plenum.conference.tariff.TariffInfo;
import org.plenum.conference.user.OwnProfile;
import org.plenum.conference.user.Profile;

/**
 * The answers' JSON (rest.md section 6), written out by hand: for these clients a key that is {@code null} and a key that
 * is absent are different things, and this is the place to see which is which.
 */
final class Shapes {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Shapes() {}

    static JsonObject profile(Profile profile) {
        return profileFields(profile).build();
    }

    static JsonObject ownProfile(OwnProfile own) {
        JsonObjectBuilder json = profileFields(own.profile())
                .add("language", own.language())
                .add("tariff_status", "default")
                .add("used_storage", own.usedStorage());
        textOrNull(json, "dashboard_theme", own.dashboardTheme().map(Shapes::name));
        textOrNull(json, "conference_theme", own.conferenceTheme().map(Shapes::name));
        return json.build();
    }

    static JsonObject tariff(TariffInfo tariff) {
        JsonObjectBuilder quotas = JSON.createObjectBuilder();
        tariff.maxStorage().ifPresent(octets -> quotas.add("max_storage", octets));
        tariff.timeLimitSeconds().ifPresent(seconds -> quotas.add("room_time_limit_secs", seconds));
        tariff.participantLimit().ifPresent(people -> quotas.add("room_participant_limit", people));
        JsonObjectBuilder modules = JSON.createObjectBuilder();
        tariff.modules()
                .forEach((module, features) ->
                        modules.add(module, JSON.createObjectBuilder().add("features", texts(features))));
        return JSON.createObjectBuilder()
                .add("id", tariff.id().toString())
                .add("name", tariff.name())
                .add("quotas", quotas)
                .add("modules", modules)
                .build();
    }

    static JsonObject room(RoomInfo room) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", room.id().toString())
                .add("created_by", profile(room.createdBy()))
                .add("created_at", room.createdAt().toString());
        room.password().ifPresent(password -> json.add("password", password));
        return json.add("guest_access", name(room.guestAccess()))
                .add("waiting_room", room.waitingRoom())
                .build();
    }

    static JsonObject event(EventInfo event) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", event.id().toString())
                .add("created_by", profile(event.createdBy()))
                .add("created_at", event.createdAt().toString())
                .add("updated_by", profile(event.updatedBy()))
                .add("updated_at", event.updatedAt().toString())
                .add("title", event.title())
                .add("description", event.description())
                .add("room", eventRoom(event.room()))
                .add("invitees", array(event.invitees(), Shapes::invitee))
                .add("invitees_truncated", event.inviteesTruncated())
                .add("is_time_independent", event.dates().isEmpty())
                .add("is_adhoc", event.adhoc())
                .add("invite_status", name(event.inviteStatus()))
                .add("is_favorite", event.favourite())
                .add("can_edit", event.canEdit())
                .add("show_meeting_details", event.showMeetingDetails());
        event.dates().ifPresent(dates -> dates(json, dates));
        boolean series = event.dates()
                .map(Dates::recurrence)
                .map(rules -> !rules.isEmpty())
                .orElse(false);
        return json.add("type", series ? "recurring" : "single").build();
    }

    private static void dates(JsonObjectBuilder json, Dates dates) {
        json.add("is_all_day", dates.allDay())
                .add("starts_at", when(dates.starts()))
                .add("ends_at", when(dates.ends()));
        if (!dates.recurrence().isEmpty()) {
            json.add("recurrence_pattern", texts(dates.recurrence()));
        }
    }

    private static JsonObject when(When when) {
        return JSON.createObjectBuilder()
                .add("datetime", when.moment().toString())
                .add("timezone", when.zone().getId())
                .build();
    }

    private static JsonObject eventRoom(RoomInfo room) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("id", room.id().toString());
        room.password().ifPresent(password -> json.add("password", password));
        json.add("waiting_room", room.waitingRoom())
                .add("guest_access", name(room.guestAccess()))
                .add("e2e_encryption", room.e2eEncryption());
        room.callIn().ifPresent(callIn -> json.add("call_in", callIn(callIn)));
        return json.build();
    }

    static JsonObject invitee(EventInfo.InviteeInfo invitee) {
        return JSON.createObjectBuilder()
                .add(
                        "profile",
                        profileFields(invitee.profile())
                                .add("kind", "registered")
                                .add("role", name(invitee.role())))
                .add("status", name(invitee.status()))
                .build();
    }

    static JsonObject lobby(LobbyInfo lobby) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", lobby.id().toString())
                .add("room_id", lobby.room().toString())
                .add("title", lobby.title())
                .add("is_adhoc", lobby.adhoc())
                .add("e2e_encryption", lobby.e2eEncryption());
        lobby.details().ifPresent(details -> json.add("meeting_details", details(details)));
        return json.build();
    }

    private static JsonObject details(Admission.Details details) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        details.inviteCode().ifPresent(code -> json.add("invite_code_id", code.toString()));
        details.callIn().ifPresent(callIn -> json.add("call_in", callIn(callIn)));
        return json.add(
                        "streaming_links",
                        array(
                                details.streamingLinks(),
                                link -> JSON.createObjectBuilder()
                                        .add("name", link.name())
                                        .add("url", link.url())
                                        .build()))
                .build();
    }

    private static JsonObject callIn(CallIn callIn) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("tel", callIn.tel());
        callIn.uri().ifPresent(uri -> json.add("uri", uri));
        return json.add("id", callIn.id()).add("password", callIn.password()).build();
    }

    static JsonObject invite(InviteInfo invite) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("invite_code", invite.code().toString())
                .add("created", invite.created().toString())
                .add("created_by", profile(invite.createdBy()))
                .add("updated", invite.updated().toString())
                .add("updated_by", profile(invite.updatedBy()))
                .add("room_id", invite.room().toString())
                .add("active", invite.active());
        textOrNull(json, "expiration", invite.expiration().map(Object::toString));
        return json.build();
    }

    static JsonObject opened(OpenedRoom opened) {
        return JSON.createObjectBuilder()
                .add("room_id", opened.room().toString())
                .add("password_required", opened.passwordRequired())
                .build();
    }

    static JsonObject ticket(String token, String address) {
        return JSON.createObjectBuilder()
                .add("token", token)
                .add("roomserver_address", address)
                .build();
    }

    static JsonObject login(String url) {
        return JSON.createObjectBuilder()
                .add(
                        "oidc",
                        JSON.createObjectBuilder().add("name", "OpenID Connect").add("url", url))
                .build();
    }

    static <T> JsonArray array(Collection<T> values, Function<T, ? extends JsonStructure> shape) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        values.forEach(value -> array.add(shape.apply(value)));
        return array.build();
    }

    private static JsonObjectBuilder profileFields(Profile profile) {
        return JSON.createObjectBuilder()
                .add("id", profile.id().toString())
                .add("email", profile.email())
                .add("title", profile.title())
                .add("firstname", profile.firstname())
                .add("lastname", profile.lastname())
                .add("display_name", profile.displayName())
                .add("avatar_url", profile.avatarUrl());
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    private static void textOrNull(JsonObjectBuilder json, String key, Optional<String> text) {
        text.ifPresentOrElse(value -> json.add(key, value), () -> json.addNull(key));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
