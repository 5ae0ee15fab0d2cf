/* SPDX-License-Identifier: EUPL-1.2 */
import type { CreateState } from "../../state/CreateMeeting";
import { type Examples, nothing } from "../examples";
import { CreateForm } from "./CreateForm";

const state: CreateState = {
  form: {
    title: "Haushaltsrunde 2027",
    description: "",
    dated: false,
    date: "2026-11-26",
    start: "10:00",
    end: "11:00",
    guests: true,
    password: "",
  },
  problems: {},
  saving: false,
  failure: undefined,
};

function form(change: Partial<CreateState>) {
  return <CreateForm state={{ ...state, ...change }} onChange={nothing} onSave={nothing} onClose={nothing} />;
}

export const examples: Examples = {
  open: form({}),
  dated: form({ form: { ...state.form, dated: true } }),
  problems: form({
    form: { ...state.form, title: "", dated: true, end: "09:00" },
    problems: { title: "missing", end: "beforeStart" },
  }),
  failed: form({ failure: "unreachable" }),
  saving: form({ saving: true }),
};
