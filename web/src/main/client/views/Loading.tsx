/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../app/context";
import "./Loading.css";

/** A short wait; appears only when it is not that short. */
export function Loading({ label }: { label?: string }) {
  const text = useText();
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {label ?? text.common.loading}
    </div>
  );
}
