/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.event.Dates;
import org.plenum.conference.event.EntranceRequest;
import org.plenum.conference.event.EventChange;
import org.plenum.conference.event.EventDraft;
import org.plenum.conference.event.When;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.RoomSettingsChange;
import org.plenum.conference.user.Complaint;
import org.plenum.conference.user.ProfileChange;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.Texts;
import org.plenum.conference.user.Theme;

/** The requests' JSON (rest.md sections 1.7 and 6): every body is read and checked here, whole, before a rule sees it. */
final class Bodies {
    private static final int RULES = 4;
    private static final int RULE = 1024;
    private static final When SOMETIME = new When(Instant.EPOCH, java.time.ZoneOffset.UTC);

    private Bodies() {}

    static ProfileChange profileChange(JsonObject body) {
        Fields fields = new Fields(body);
        Optional<String> language = fields.line("language", 2, 40);
        ProfileChange change = new ProfileChange(
                fields.line("title", 0, 255),
                fields.line("display_name", 1, 255).map(String::strip),
                language,
                fields.choice("dashboard_theme", Theme.class),
                fields.choice("conference_theme", Theme.class));
        fields.check();
        if (language.isPresent() && !Texts.isLanguage(language.get())) {
            throw Refused.invalid(List.of(Complaint.invalid("language", "language must be a language tag")));
        }
        if (change.displayName().filter(String::isEmpty).isPresent()) {
            throw Refused.invalid(List.of(Complaint.invalid("display_name", "display_name must not be blank")));
        }
        return change;
    }

    static EventDraft eventDraft(JsonObject body) {
        Fields fields = new Fields(body);
        boolean timeIndependent = fields.required("is_time_independent", fields.bool("is_time_independent"), true);
        EventDraft draft = new EventDraft(
                fields.required("title", fields.line("title", 1, 255), ""),
                fields.required("description", fields.lines("description", 4096), ""),
                fields.bool("is_adhoc").orElse(false),
                fields.bool("show_meeting_details").orElse(false),
                timeIndependent ? Optional.empty() : Optional.of(dates(fields)),
                room(fields));
        refuseWhatIsNotBuilt(fields);
        fields.check();
        return draft;
    }

    private static Dates dates(Fields fields) {
        return new Dates(
                fields.bool("is_all_day").orElse(false),
                fields.required("starts_at", fields.when("starts_at"), SOMETIME),
                fields.required("ends_at", fields.when("ends_at"), SOMETIME),
                fields.texts("recurrence_pattern", RULES, RULE).orElse(List.of()));
    }

    static EventChange eventChange(JsonObject body) {
        Fields fields = new Fields(body);
        EventChange change = new EventChange(
                fields.line("title", 1, 255),
                fields.lines("description", 4096),
                fields.bool("is_adhoc"),
                fields.bool("show_meeting_details"),
                fields.bool("is_time_independent"),
                fields.bool("is_all_day"),
                fields.when("starts_at"),
                fields.when("ends_at"),
                fields.texts("recurrence_pattern", RULES, RULE),
                room(fields));
        refuseWhatIsNotBuilt(fields);
        fields.check();
        return change;
    }

    private static RoomSettingsChange room(Fields fields) {
        return new RoomSettingsChange(
                fields.removable("password", 1, 255),
                fields.bool("waiting_room"),
                fields.choice("guest_access", GuestAccess.class),
                fields.bool("e2e_encryption"));
    }

    /** No tariff offers these, so the web app shows no switch for them; who asks all the same must not believe to have got it. */
    private static void refuseWhatIsNotBuilt(Fields fields) {
        fields.mustBeOff("has_shared_folder");
        fields.mustBeOff("streaming_targets");
        fields.mustBeOff("training_participation_report");
    }

    /** @return when the link ends, nothing for a permanent one */
    static Optional<Instant> expiration(JsonObject body) {
        Fields fields = new Fields(body);
        Optional<Instant> expiration = fields.instant("expiration");
        fields.check();
        return expiration;
    }

    /** The web app knows one refusal for a code that is none. */
    static UUID inviteCode(JsonObject body) {
        Fields fields = new Fields(body);
        return fields.uuid("invite_code").orElseThrow(() -> ApiError.invalidJson("invite_code must be a UUID"));
    }

    /** For a device that is not known yet. */
    static EntranceRequest entrance(JsonObject body) {
        Fields fields = new Fields(body);
        EntranceRequest request = new EntranceRequest(
                fields.required("device_secret", fields.secret("device_secret", 16, 255), ""),
                fields.any("display_name", 255),
                fields.secret("password", 0, 255),
                fields.uuid("invite_code"),
                false);
        fields.checkEntrance();
        return request;
    }
}
