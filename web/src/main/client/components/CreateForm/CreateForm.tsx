/* SPDX-License-Identifier: EUPL-1.2 */
import { type SubmitEvent, useRef } from "react";
import { useText } from "../../app/context";
import type { CreateState, FormField, MeetingForm } from "../../state/CreateMeeting";
import { Banner } from "../Banner/Banner";
import { Button } from "../Button/Button";
import { Dialog } from "../Dialog/Dialog";
import { TextArea, TextField } from "../Field/Field";
import { Switch } from "../Switch/Switch";
import "./CreateForm.css";

interface Props {
  readonly state: CreateState;
  readonly onChange: (change: Partial<MeetingForm>) => void;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

export function CreateForm({ state, onChange, onSave, onClose }: Props) {
  const text = useText();
  const { form, problems, saving, failure } = state;
  const element = useRef<HTMLFormElement>(null);
  const problem = (field: FormField) => {
    const found = problems[field];
    return found && text.create.problems[found];
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave();
    // the first wrong field, as soon as it is drawn as such
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  };
  return (
    <Dialog
      title={text.create.title}
      onClose={onClose}
      wide
      actions={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button kind="primary" type="submit" form="create-meeting" busy={saving}>
            {saving ? text.create.saving : text.create.save}
          </Button>
        </>
      }
    >
      <form id="create-meeting" className="stack create" ref={element} onSubmit={submit} noValidate>
        {failure && <Banner kind="error">{text.create.failures[failure]}</Banner>}
        <TextField
          label={text.create.name}
          placeholder={text.create.namePlaceholder}
          value={form.title}
          problem={problem("title")}
          onText={(title) => onChange({ title })}
          required
          autoComplete="off"
        />
        <fieldset className="create-kind">
          <legend>{text.create.kind}</legend>
          <Choice
            on={!form.dated}
            label={text.create.open}
            hint={text.create.openHint}
            onPick={() => onChange({ dated: false })}
          />
          <Choice on={form.dated} label={text.create.dated} onPick={() => onChange({ dated: true })} />
        </fieldset>
        {form.dated && (
          <div className="create-when">
            <TextField
              label={text.create.date}
              type="date"
              value={form.date}
              problem={problem("date")}
              onText={(date) => onChange({ date })}
            />
            <TextField
              label={text.create.start}
              type="time"
              value={form.start}
              onText={(start) => onChange({ start })}
            />
            <TextField
              label={text.create.end}
              type="time"
              value={form.end}
              problem={problem("end")}
              onText={(end) => onChange({ end })}
            />
          </div>
        )}
        <TextArea
          label={text.create.description}
          optional
          rows={2}
          value={form.description}
          problem={problem("description")}
          onText={(description) => onChange({ description })}
        />
        <Switch
          label={text.create.guests}
          hint={text.create.guestsHint}
          on={form.guests}
          onChange={(guests) => onChange({ guests })}
        />
        {form.guests && (
          <TextField
            label={text.create.password}
            hint={text.create.passwordHint}
            optional
            value={form.password}
            problem={problem("password")}
            onText={(password) => onChange({ password })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </form>
    </Dialog>
  );
}

function Choice({ on, label, hint, onPick }: { on: boolean; label: string; hint?: string; onPick: () => void }) {
  return (
    <label className="choice">
      <input type="radio" name="kind" checked={on} onChange={onPick} />
      <span>
        {label}
        {hint && <span className="field-hint">{hint}</span>}
      </span>
    </label>
  );
}
