/* SPDX-License-Identifier: EUPL-1.2 */
import type { Credentials } from "./Api";
import { ViewModel } from "./ViewModel";

/** The identity provider as the session needs it; `oidc.ts` is the real one. */
export interface Identity {
  /** Reads what an earlier visit left; undefined when nobody is signed in. */
  restore(): Promise<Account | undefined>;
  /** Leaves the page. @param returnTo path to come back to */
  signIn(returnTo: string): Promise<void>;
  /** Finishes a sign-in on the callback page. @returns the account and the path to go back to */
  finish(url: string): Promise<{ account: Account; returnTo: string }>;
  refresh(): Promise<Account | undefined>;
  /** Leaves the page. */
  signOut(): Promise<void>;
  /** Forgets the tokens without asking anybody. */
  forget(): Promise<void>;
  /** @param listener gets every renewed account, and undefined when the provider ended the session */
  onChange(listener: (account: Account | undefined) => void): void;
}

export interface Account {
  readonly accessToken: string;
  readonly name: string;
  readonly email: string;
}

export interface SessionState {
  readonly status: "restoring" | "signedOut" | "leaving" | "signedIn";
  readonly name: string;
  readonly email: string;
  /** The provider could not be reached or refused: shown beside the sign-in button. */
  readonly problem: "unreachable" | "refused" | "expired" | undefined;
}

/** Who is using this browser. The tokens stay in here. */
export class Session extends ViewModel<SessionState> implements Credentials {
  private account: Account | undefined;
  private refreshing: Promise<boolean> | undefined;

  constructor(private readonly identity: Identity) {
    super({ status: "restoring", name: "", email: "", problem: undefined });
    identity.onChange((account) => this.become(account, account ? undefined : "expired"));
  }

  async restore(): Promise<void> {
    this.become(await this.identity.restore().catch(() => undefined), undefined);
  }

  async signIn(returnTo: string): Promise<void> {
    this.patch({ status: "leaving", problem: undefined });
    try {
      await this.identity.signIn(returnTo);
    } catch {
      this.patch({ status: "signedOut", problem: "unreachable" });
    }
  }

  /** @returns where to go on; the start page when the sign-in failed */
  async finish(url: string): Promise<string> {
    try {
      const { account, returnTo } = await this.identity.finish(url);
      this.become(account, undefined);
      return returnTo;
    } catch {
      const earlier = await this.identity.restore().catch(() => undefined);
      this.become(earlier, earlier ? undefined : "refused");
      return "/";
    }
  }

  async signOut(): Promise<void> {
    this.patch({ status: "leaving" });
    try {
      await this.identity.signOut();
    } catch {
      await this.identity.forget(); // the provider is away: at least this browser forgets
      this.become(undefined, undefined);
    }
  }

  accessToken(): string | undefined {
    return this.account?.accessToken;
  }

  /** Calls that failed at the same moment share one refresh. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.renewed().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async renewed(): Promise<boolean> {
    if (this.account === undefined) {
      return false;
    }
    try {
      const account = await this.identity.refresh();
      this.become(account, account ? undefined : "expired");
      return account !== undefined;
    } catch {
      return false; // a provider that is away for a moment signs nobody out
    }
  }

  private become(account: Account | undefined, problem: SessionState["problem"]): void {
    this.account = account;
    this.patch({
      status: account ? "signedIn" : "signedOut",
      name: account?.name ?? "",
      email: account?.email ?? "",
      problem,
    });
  }
}
