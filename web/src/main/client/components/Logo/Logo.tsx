/* SPDX-License-Identifier: EUPL-1.2 */
import "./Logo.css";

/** People around a half circle of seats. */
export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path className="logo-seats" d="M6 22a10 10 0 0 1 20 0" />
        <path className="logo-seats" d="M11.5 22a4.5 4.5 0 0 1 9 0" />
        <circle cx="16" cy="6.5" r="2" />
        <circle cx="7.2" cy="10.5" r="2" />
        <circle cx="24.8" cy="10.5" r="2" />
      </svg>
      <span>Plenum</span>
    </span>
  );
}
