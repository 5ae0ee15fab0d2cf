/* SPDX-License-Identifier: EUPL-1.2 */

/** Time as an argument: view models never touch the global timers, so that tests run in virtual time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns cancels the action when it did not run yet */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
