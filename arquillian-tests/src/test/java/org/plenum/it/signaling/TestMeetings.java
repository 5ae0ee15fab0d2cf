/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.signaling;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.plenum.it.support.Rest;
import org.plenum.it.support.Signaling;

/** Meetings on the server of the tests: alice plans them, everybody with the link may come. */
public final class TestMeetings {
    private final String room;
    private final String invite;

    private TestMeetings(String room, String invite) {
        this.room = room;
        this.invite = invite;
    }

    public static TestMeetings planned() {
        Rest alice = Rest.as("alice");
        JsonObject event = alice.post(
                        "/v1/events",
                        Json.createObjectBuilder()
                                .add("title", "Signaling")
                                .add("description", "")
                                .add("is_time_independent", true)
                                .add("guest_access", "direct_access")
                                .build())
                .object();
        String room = event.getJsonObject("room").getString("id");
        String invite = alice.post("/v1/rooms/" + room + "/invites", JsonObject.EMPTY_JSON_OBJECT)
                .object()
                .getString("invite_code");
        return new TestMeetings(room, invite);
    }

    String room() {
        return room;
    }

    String ticket(String user) {
        return ticket(Rest.as(user), "start", user, "a secret of the browser of " + user);
    }

    String guestTicket(String name) {
        return ticket(Rest.anonymous(), "start_invited", name, "a secret of the browser of " + name);
    }

    private String ticket(Rest rest, String start, String name, String device) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("device_secret", device)
                .add("display_name", name)
                .add("invite_code", invite);
        return rest.post("/v1/rooms/" + room + "/" + start, body.build())
                .object()
                .getString("token");
    }

    public Signaling enter(String user) {
        return Signaling.open(ticket(user)).answered();
    }

    public Signaling enterAsGuest(String name) {
        return Signaling.open(guestTicket(name)).answered();
    }

    public void delete() {
        Rest.as("alice").delete("/v1/rooms/" + room);
    }

    static JsonObject say(String content) {
        return Json.createObjectBuilder()
                .add("action", "send_message")
                .add("scope", "global")
                .add("content", content)
                .build();
    }

    static JsonObject ping() {
        return Json.createObjectBuilder().add("action", "ping").build();
    }
}
