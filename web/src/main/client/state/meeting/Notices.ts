/* SPDX-License-Identifier: EUPL-1.2 */
import type { Clock } from "../clock";
import { ViewModel } from "../ViewModel";

export type Notice =
  | { readonly kind: "joined" | "left"; readonly names: readonly string[] }
  | { readonly kind: "message"; readonly name: string; readonly text: string; readonly direct: boolean }
  | { readonly kind: "mutedBy"; readonly name: string }
  | { readonly kind: "promoted" | "demoted" | "shareEnded" | "linkCopied" | "chatOff" | "chatOn" };

export interface ShownNotice {
  readonly id: number;
  readonly notice: Notice;
}

export interface NoticesState {
  /** At most three, the newest last. Drawn in a live region, so that they are also read out. */
  readonly shown: readonly ShownNotice[];
}

const VISIBLE_MS = 6_000;
const MERGE_MS = 2_500;
const AT_ONCE = 3;

/** Short messages that come and go. A class that arrives together makes one notice, not thirty. */
export class Notices extends ViewModel<NoticesState> {
  private next = 1;
  private lastAt = 0;

  constructor(private readonly clock: Clock) {
    super({ shown: [] });
  }

  tell(notice: Notice): void {
    const now = this.clock.now();
    const last = this.state.shown.at(-1);
    const recent = now - this.lastAt <= MERGE_MS;
    this.lastAt = now;
    const merged = recent && last ? merge(last.notice, notice) : undefined;
    const rest = merged ? this.state.shown.slice(0, -1) : this.state.shown;
    const shown: ShownNotice = { id: this.next++, notice: merged ?? notice };
    this.patch({ shown: [...rest, shown].slice(-AT_ONCE) });
    this.clock.after(VISIBLE_MS, () => this.dismiss(shown.id));
  }

  /** What is on the screen elsewhere now needs no notice any more. */
  dismissMessages(): void {
    this.patch({ shown: this.state.shown.filter((each) => each.notice.kind !== "message") });
  }

  dismiss(id: number): void {
    this.patch({ shown: this.state.shown.filter((each) => each.id !== id) });
  }
}

function merge(before: Notice, next: Notice): Notice | undefined {
  if ((before.kind === "joined" || before.kind === "left") && before.kind === next.kind) {
    return { kind: before.kind, names: [...before.names, ...next.names] };
  }
  return undefined;
}
