/* SPDX-License-Identifier: EUPL-1.2 */
import { randomUUID } from "node:crypto";

const ines = {
  id: "ines",
  email: "ines.kolb@behoerde.example",
  display_name: "Ines Kolb",
  title: "",
  firstname: "Ines",
  lastname: "Kolb",
  avatar_url: "",
};
const tom = { ...ines, id: "tom", email: "tom.reuter@behoerde.example", display_name: "Tom Reuter" };
const events = new Map();
const invites = new Map(); // code -> room

if (process.env.MOCK_EMPTY !== "1") {
  const at = (days, hour, minute = 0) => {
    const date = new Date();
    date.setDate(date.getDate() + days);
    date.setHours(hour, minute, 0, 0);
    return { datetime: date.toISOString(), timezone: "Europe/Berlin" };
  };
  add({
    title: "Haushaltsrunde 2027",
    description: "Ansätze der Referate, offene Punkte aus der letzten Runde",
    starts_at: at(0, 10),
    ends_at: at(0, 11, 30),
  });
  add({
    title: "Auswahlgespräche Referat 12",
    description: "",
    password: "geheim",
    starts_at: at(1, 9),
    ends_at: at(1, 12),
  });
  add({ title: "Abstimmung mit dem Land", description: "", starts_at: at(9, 14), ends_at: at(9, 15) }, tom);
  add({ title: "Sprechstunde des Personalrats", description: "", is_time_independent: true });
  add({ title: "Warteraum", description: "", is_time_independent: true });
}

function add(create, owner = ines) {
  const { password, guest_access: access, ...rest } = create;
  const event = {
    id: randomUUID(),
    invitees: [],
    type: "single",
    is_time_independent: false,
    ...rest,
    created_by: owner,
    can_edit: owner === ines,
    room: {
      id: randomUUID(),
      waiting_room: false,
      guest_access: access ?? "direct_access",
      e2e_encryption: false,
      ...(password ? { password } : {}),
    },
  };
  events.set(event.id, event);
  return event;
}

export function answer(response, status, content) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(content === undefined ? "" : JSON.stringify(content));
}

/** @param start makes a token for somebody who may come in */
export function rest({ method, url, headers, body }, response, start) {
  const path = url.pathname.slice("/v1".length);
  const refuse = (status, code) => answer(response, status, { code, message: code });
  const room = /^\/rooms\/([^/]+)/.exec(path)?.[1];
  const event = [...events.values()].find((each) => each.room.id === room);
  const signedIn = headers.authorization?.startsWith("Bearer ");
  const key = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "*")}`;
  const open = ["POST /invite/verify", "POST /rooms/*/start_invited", "GET /rooms/*/event"].includes(key);
  if (!signedIn && !open) {
    refuse(401, "unauthorized");
    return;
  }
  if (room !== undefined && event === undefined) {
    refuse(404, "not_found");
    return;
  }
  switch (key) {
    case "GET /users/me":
      answer(response, 200, ines);
      return;
    case "GET /events/instances": {
      const undated = url.searchParams.get("time_independent") === "true";
      answer(
        response,
        200,
        [...events.values()].filter((each) => each.is_time_independent === undated),
      );
      return;
    }
    case "POST /events":
      answer(response, 201, add(body));
      return;
    case "DELETE /events/*":
      answer(response, events.delete(path.slice("/events/".length)) ? 204 : 404);
      return;
    case "GET /rooms/*/event":
      answer(response, 200, {
        id: event.id,
        room_id: room,
        title: event.title,
        is_adhoc: false,
        e2e_encryption: false,
      });
      return;
    case "GET /rooms/*/invites":
      answer(
        response,
        200,
        [...invites].filter(([, of]) => of === room).map(([code]) => invite(code, room)),
      );
      return;
    case "POST /rooms/*/invites": {
      const code = randomUUID();
      invites.set(code, room);
      answer(response, 200, invite(code, room));
      return;
    }
    case "POST /invite/verify": {
      const of = invites.get(body.invite_code);
      const meeting = [...events.values()].find((each) => each.room.id === of);
      if (meeting === undefined) {
        refuse(404, "not_found");
      } else {
        answer(response, 200, { room_id: of, password_required: meeting.room.password !== undefined });
      }
      return;
    }
    case "POST /rooms/*/start":
    case "POST /rooms/*/start_invited":
      if (!signedIn && event.room.password !== undefined && event.room.password !== body.password) {
        refuse(401, "wrong_room_password");
      } else {
        answer(response, 200, start({ event, name: body.display_name, account: signedIn, secret: body.device_secret }));
      }
      return;
    default:
      refuse(404, "not_found");
  }
}

function invite(code, room) {
  return { invite_code: code, room_id: room, active: true, expiration: null };
}
