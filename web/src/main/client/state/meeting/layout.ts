/* SPDX-License-Identifier: EUPL-1.2 */

import { characters } from "../text";

export interface Grid {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** A face needs about this much; below it the area scrolls instead of shrinking further. */
const SMALLEST = 112;
const WIDEST = 16 / 9;
const NARROWEST = 3 / 4;

/**
 * The number of columns with which `count` equal tiles fill an area best. Tiles may be anything between 3:4 and 16:9,
 * because a picture can be cropped but an empty stripe cannot be used.
 * @param width of the area in CSS pixels, as all other lengths
 */
export function grid(count: number, width: number, height: number, gap: number): Grid {
  let best: Grid = { columns: 1, width: Math.max(SMALLEST, width), height: Math.max(SMALLEST, height) };
  let bestArea = -1;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const cell = fit((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows);
    const enough = cell.width >= SMALLEST && cell.height >= SMALLEST * 0.75;
    const area = enough ? cell.width * cell.height : 0;
    if (area > bestArea) {
      bestArea = area;
      best = { columns, ...cell };
    }
  }
  return bestArea > 0 ? best : scrolling(width, gap);
}

function fit(width: number, height: number): { width: number; height: number } {
  return {
    width: Math.floor(Math.min(width, height * WIDEST)),
    height: Math.floor(Math.min(height, width / NARROWEST)),
  };
}

function scrolling(width: number, gap: number): Grid {
  const columns = Math.max(1, Math.floor((width + gap) / (SMALLEST + gap)));
  const tile = Math.max(SMALLEST, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, width: tile, height: Math.floor(tile * 0.75) };
}

/** Up to two letters for a person without a picture; titles such as "Dr." do not count. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith("."));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name.trim()];
  return letters.map((word) => characters(word ?? "")[0]?.toLocaleUpperCase() ?? "").join("") || "?";
}

/** One of eight colours, the same for the same person everywhere. */
export function colourOf(id: string): number {
  let hash = 0;
  for (const char of id) {
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % 8;
}
