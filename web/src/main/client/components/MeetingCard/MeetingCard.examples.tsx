/* SPDX-License-Identifier: EUPL-1.2 */
import type { MeetingEvent } from "../../protocol/rest";
import { type Examples, nothing } from "../examples";
import { MeetingCard } from "./MeetingCard";

const now = new Date("2026-11-25T08:00:00Z");
const meeting: MeetingEvent = {
  id: "e1",
  title: "Haushaltsrunde 2027",
  description: "Ansätze der Referate, offene Punkte aus der letzten Runde",
  can_edit: true,
  created_by: { id: "u1", email: "ines.kolb@behoerde.example", display_name: "Ines Kolb", avatar_url: "" },
  room: { id: "r1", waiting_room: false, guest_access: "direct_access" },
  starts_at: { datetime: "2026-11-25T10:00:00Z", timezone: "UTC" },
  ends_at: { datetime: "2026-11-25T11:00:00Z", timezone: "UTC" },
};

function card(change: Partial<MeetingEvent>, state: { busy?: boolean; copied?: boolean } = {}) {
  return (
    <ul>
      <MeetingCard
        meeting={{ ...meeting, ...change }}
        now={now}
        busy={state.busy ?? false}
        copied={state.copied ?? false}
        onStart={nothing}
        onCopy={nothing}
        onInvite={nothing}
        onDelete={nothing}
      />
    </ul>
  );
}

const { starts_at: _from, ends_at: _to, ...undated } = meeting;

export const examples: Examples = {
  dated: card({}),
  copied: card({}, { copied: true }),
  busy: card({}, { busy: true }),
  locked: card({ room: { ...meeting.room, password: "geheim" }, description: "" }),
  telephone: card({
    room: { ...meeting.room, call_in: { tel: "+49 30 5550100", id: "0123456789", password: "9876543210" } },
  }),
  invited: card({ can_edit: false }),
  open: (
    <ul>
      <MeetingCard
        meeting={{ ...undated, title: "Sprechstunde des Personalrats" }}
        now={now}
        busy={false}
        copied={false}
        onStart={nothing}
        onCopy={nothing}
        onInvite={nothing}
        onDelete={nothing}
      />
    </ul>
  ),
};
