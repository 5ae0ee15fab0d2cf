/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.plenum.conference.event.Admission;
import org.plenum.conference.room.CallIn;
import org.plenum.conference.signaling.Wire;

/** The first message of a connection that got in (core.md): the complete state of the meeting. */
final class JoinSuccess {
    private final Admission.Meeting meeting;
    private final RoomFacts facts;
    private final People people;
    private final ModuleHost modules;
    private final Connection connection;
    private final Person person;

    JoinSuccess(RoomFacts facts, People people, ModuleHost modules, Connection connection) {
        this.meeting = facts.meeting();
        this.facts = facts;
        this.people = people;
        this.modules = modules;
        this.connection = connection;
        this.person = connection.person;
    }

    JsonObject event(Attendance.Gathering gathering) {
        JsonObjectBuilder event = Wire.event("join_success")
                .add("id", person.id.toString())
                .add("connection_id", CoreEvents.id(connection))
                .add("device_id", connection.device.toString())
                .add("connections", CoreEvents.connections(otherConnections()))
                .add("display_name", person.name.value());
        person.avatarUrl.ifPresent(url -> event.add("avatar_url", url));
        event.add(
                "role", person.isModerator() ? "moderator" : person.isGuest() || person.isService() ? "guest" : "user");
        facts.closesAt().ifPresent(time -> event.add("closes_at", Wire.time(time)));
        event.add("tariff", tariff())
                .add("enabled_modules", enabledModules())
                .add("module_data", Wire.map(gathering.own()))
                .add("participants", participants(gathering));
        meeting.event()
                .ifPresentOrElse(
                        summary -> event.add("event_info", eventInfo(summary)), () -> event.addNull("event_info"));
        return event.add("meeting_details", meetingDetails())
                .add("room_info", roomInfo())
                .add("is_room_owner", person.owner)
                .build();
    }

    private Collection<Connection> otherConnections() {
        return person.connections.values().stream()
                .filter(other -> !other.equals(connection))
                .toList();
    }

    private JsonObject tariff() {
        Admission.Tariff tariff = meeting.tariff();
        JsonObjectBuilder quotas = Wire.object();
        tariff.maxStorage().ifPresent(octets -> quotas.add("max_storage", octets));
        tariff.participantLimit().ifPresent(limit -> quotas.add("room_participant_limit", limit));
        tariff.timeLimitSeconds().ifPresent(seconds -> quotas.add("room_time_limit_secs", seconds));
        return Wire.object()
                .add("id", tariff.id().toString())
                .add("name", tariff.name())
                .add("quotas", quotas)
                .add("used_quota", Wire.object().add("max_storage", tariff.usedStorage()))
                .add("disabled_features", texts(new TreeSet<>(meeting.disabledFeatures())))
                .build();
    }

    private JsonObject enabledModules() {
        Map<String, Set<String>> enabled = new LinkedHashMap<>();
        enabled.put(CoreEvents.CORE, features(CoreEvents.CORE));
        enabled.put(CoreEvents.BREAKOUT, features(CoreEvents.BREAKOUT));
        modules.all().forEach(slot -> enabled.put(slot.namespace(), features(slot.namespace())));
        JsonObjectBuilder object = Wire.object();
        enabled.forEach((namespace, features) -> object.add(namespace, texts(features)));
        return object.build();
    }

    private Set<String> features(String namespace) {
        return meeting.modules().getOrDefault(namespace, Set.of());
    }

    private JsonArray participants(Attendance.Gathering gathering) {
        JsonArrayBuilder array = Wire.array();
        people.all().stream()
                .filter(other -> !other.equals(person) && other.joinedAt.isPresent())
                .filter(other -> !other.isWaiting())
                .forEach(other -> array.add(peer(other, gathering.about(other.id))));
        return array.build();
    }

    private static JsonObject peer(Person other, Map<String, JsonObject> blocks) {
        JsonObjectBuilder data = Wire.object()
                .add(CoreEvents.CORE, CoreEvents.about(other))
                .add(CoreEvents.BREAKOUT, CoreEvents.place(other));
        blocks.forEach(data::add);
        return Wire.object()
                .add("id", other.id.toString())
                .add("connections", CoreEvents.connections(other.connections.values()))
                .add("module_data", data)
                .build();
    }

    private JsonObject eventInfo(Admission.EventSummary summary) {
        return Wire.object()
                .add("id", summary.id().toString())
                .add("room_id", meeting.room().toString())
                .add("title", summary.title())
                .add("is_adhoc", summary.adhoc())
                .add("e2e_encryption", summary.e2eEncryption())
                .build();
    }

    /** How to get in from outside is nobody's business unless the event says so, or the reader moderates. */
    private boolean seesDetails() {
        return meeting.detailsPublic() || person.isModerator();
    }

    private JsonObject meetingDetails() {
        JsonObjectBuilder details = Wire.object();
        if (seesDetails()) {
            meeting.details().inviteCode().ifPresent(code -> details.add("invite_code_id", code.toString()));
            meeting.details().callIn().ifPresent(callIn -> details.add("call_in", callIn(callIn)));
        }
        JsonArrayBuilder links = Wire.array();
        meeting.details()
                .streamingLinks()
                .forEach(
                        link -> links.add(Wire.object().add("name", link.name()).add("url", link.url())));
        return details.add("streaming_links", links).build();
    }

    private static JsonObjectBuilder callIn(CallIn callIn) {
        JsonObjectBuilder object =
                Wire.object().add("tel", callIn.tel()).add("id", callIn.id()).add("password", callIn.password());
        callIn.uri().ifPresent(uri -> object.add("uri", uri));
        return object;
    }

    private JsonObject roomInfo() {
        Admission.Owner owner = meeting.owner();
        JsonObjectBuilder info = Wire.object().add("id", meeting.room().toString());
        if (seesDetails()) {
            meeting.password().ifPresent(password -> info.add("password", password));
        }
        return info.add(
                        "created_by",
                        Wire.object()
                                .add("title", owner.title())
                                .add("firstname", owner.firstname())
                                .add("lastname", owner.lastname())
                                .add("display_name", owner.displayName())
                                .add("avatar_url", owner.avatarUrl()))
                .build();
    }

    private static JsonArray texts(Collection<String> texts) {
        JsonArrayBuilder array = Wire.array();
        texts.forEach(array::add);
        return array.build();
    }
}
