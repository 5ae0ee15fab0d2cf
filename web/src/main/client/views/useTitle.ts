/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Plenum" : `${title} – Plenum`;
  }, [title]);
}
