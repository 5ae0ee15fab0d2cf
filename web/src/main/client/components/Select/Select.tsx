/* SPDX-License-Identifier: EUPL-1.2 */
import { useId } from "react";
import { Icon, type IconName } from "../Icon/Icon";
import "./Select.css";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onValue: (value: string) => void;
  readonly icon?: IconName;
  /** The label is for screen readers only: the icon and the value say enough. */
  readonly compact?: boolean;
  readonly disabled?: boolean;
}

export function Select({ label, value, options, onValue, icon, compact = false, disabled = false }: Props) {
  const id = useId();
  return (
    <div className={compact ? "select select-compact" : "select"}>
      <label htmlFor={id} className={compact ? "sr-only" : undefined}>
        {label}
      </label>
      <div className="select-box">
        {icon && <Icon name={icon} size="s" />}
        <select id={id} value={value} disabled={disabled} onChange={(event) => onValue(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
