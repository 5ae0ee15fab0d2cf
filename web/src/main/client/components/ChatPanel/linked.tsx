/* SPDX-License-Identifier: EUPL-1.2 */
import type { ReactNode } from "react";

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/g;

/** Web addresses become links, everything else stays text: no markup of others gets into the page. */
export function linked(content: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of content.matchAll(ADDRESS)) {
    parts.push(
      content.slice(end, match.index),
      <a key={match.index} href={match[0]} target="_blank" rel="noopener noreferrer">
        {match[0]}
      </a>,
    );
    end = match.index + match[0].length;
  }
  parts.push(content.slice(end));
  return parts;
}
