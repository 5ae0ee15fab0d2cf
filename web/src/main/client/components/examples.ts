/* SPDX-License-Identifier: EUPL-1.2 */
import type { ReactNode } from "react";

/**
 * The states of a component, as data: the render test, the accessibility check and the gallery loop over them.
 * Keys are short names of the states.
 */
export type Examples = Readonly<Record<string, ReactNode>>;

/** What a file `<Name>.examples.tsx` exports. */
export interface ExampleFile {
  readonly examples: Examples;
}

export function nothing(): void {
  // examples do not act
}
