/* SPDX-License-Identifier: EUPL-1.2 */
import { ViewModel } from "../ViewModel";

export interface NetworkState {
  /** What of this network reaches the media server; undefined when that is not known. */
  readonly way: "checking" | "udp" | "tcp" | "none" | undefined;
}

/** @returns whether the TURN server answers; undefined when the browser does not tell */
export type Reach = (relay: string) => Promise<boolean | undefined>;

/** Before the meeting: will sound and pictures come through? Asks the server's relays, which say no to everybody without a name. */
export class NetworkCheck extends ViewModel<NetworkState> {
  private begun = false;

  constructor(
    private readonly relays: readonly string[],
    private readonly reach: Reach,
  ) {
    super({ way: undefined });
  }

  /** Once a visit; without relays there is nothing to ask. */
  async run(): Promise<void> {
    if (this.begun || this.relays.length === 0) {
      return;
    }
    this.begun = true;
    this.patch({ way: "checking" });
    const answers = await Promise.all(this.relays.map(async (relay) => ({ relay, reached: await this.reach(relay) })));
    this.patch({ way: wayOf(answers) });
  }
}

function wayOf(answers: readonly { relay: string; reached: boolean | undefined }[]): NetworkState["way"] {
  const reached = answers.filter((answer) => answer.reached === true);
  if (reached.some(({ relay }) => isUdp(relay))) {
    return "udp";
  }
  if (reached.length > 0) {
    return "tcp";
  }
  return answers.every((answer) => answer.reached === false) ? "none" : undefined;
}

/** RFC 7065 section 3.1: UDP unless something else is said; `turns` here always means TLS. */
function isUdp(relay: string): boolean {
  return relay.startsWith("turn:") && !relay.includes("transport=tcp");
}
