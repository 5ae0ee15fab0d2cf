/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.RoomSettingsChange;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Claims;

/** Accounts and events for the tests. */
public final class People {
    private People() {}

    public static Claims claims(String name, String... groups) {
        return new Claims(
                Optional.of("subject-of-" + name),
                Optional.of(name + "@Example.ORG"),
                Optional.of(name),
                Optional.of("Adams"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("de"),
                Set.of(groups));
    }

    public static Caller signIn(TestDatabase database, String name, String... groups) {
        return database.users(users -> users.signIn(claims(name, groups)));
    }

    static EventDraft draft(String title) {
        return draft(title, Optional.empty());
    }

    static EventDraft draft(String title, Optional<Dates> dates) {
        return new EventDraft(title, "about " + title, false, true, dates, settings(null, GuestAccess.WAITING_ROOM));
    }

    static EventDraft withRoom(String title, RoomSettingsChange room) {
        return new EventDraft(title, "", false, true, Optional.empty(), room);
    }

    static RoomSettingsChange settings(String password, GuestAccess guests) {
        return new RoomSettingsChange(
                Optional.of(Optional.ofNullable(password)),
                Optional.of(false),
                Optional.of(guests),
                Optional.of(false));
    }

    static EventChange change(RoomSettingsChange room) {
        return new EventChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                room);
    }

    static RoomSettingsChange unchanged() {
        return new RoomSettingsChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Dates dates(String starts, String ends, String... rules) {
        return new Dates(false, when(starts), when(ends), List.of(rules));
    }

    static When when(String moment) {
        return new When(Instant.parse(moment), java.time.ZoneId.of("Europe/Berlin"));
    }

    static EventFilter everything() {
        return new EventFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }
}
