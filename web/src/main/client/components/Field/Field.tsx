/* SPDX-License-Identifier: EUPL-1.2 */
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "../Icon/Icon";
import { useText } from "../../app/context";
import "./Field.css";

interface FrameProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
}

interface Wiring {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

/** Label, help and complaint of one input, tied together for screen readers. */
export function FieldFrame({
  label,
  hint,
  problem,
  optional,
  children,
}: FrameProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const text = useText();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return (
    <div className={`field${problem ? " field-bad" : ""}`}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="muted field-optional"> ({text.common.optional})</span>}
      </label>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, "aria-invalid": problem ? true : undefined, "aria-describedby": described || undefined })}
      {problem && (
        <p className="field-problem" id={`${id}-problem`}>
          <Icon name="warning" size="s" />
          {problem}
        </p>
      )}
    </div>
  );
}

type InputProps = FrameProps &
  Omit<ComponentProps<"input">, "id" | "className" | "onChange"> & { onText: (value: string) => void };

export function TextField({ label, hint, problem, optional, onText, ...input }: InputProps) {
  return (
    <FieldFrame label={label} hint={hint} problem={problem} optional={optional ?? false}>
      {(wiring) => <input {...input} {...wiring} className="input" onChange={(event) => onText(event.target.value)} />}
    </FieldFrame>
  );
}

type AreaProps = FrameProps &
  Omit<ComponentProps<"textarea">, "id" | "className" | "onChange"> & { onText: (value: string) => void };

export function TextArea({ label, hint, problem, optional, onText, ...area }: AreaProps) {
  return (
    <FieldFrame label={label} hint={hint} problem={problem} optional={optional ?? false}>
      {(wiring) => (
        <textarea {...area} {...wiring} className="input" onChange={(event) => onText(event.target.value)} />
      )}
    </FieldFrame>
  );
}
