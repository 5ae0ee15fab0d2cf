/* SPDX-License-Identifier: EUPL-1.2 */

/** What a component needs: an immutable state and news of its replacement. Fits useSyncExternalStore. */
export interface Observable<S> {
  readonly snapshot: () => S;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Base of the view models. States are replaced, never changed, so a listener may compare them by identity. */
export abstract class ViewModel<S extends object> implements Observable<S> {
  private current: S;
  private readonly listeners = new Set<() => void>();

  protected constructor(initial: S) {
    this.current = initial;
  }

  readonly snapshot = (): S => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected get state(): S {
    return this.current;
  }

  /** Tells nobody when nothing differs. */
  protected patch(change: Partial<S>): void {
    const keys = Object.keys(change) as (keyof S)[];
    if (keys.every((key) => Object.is(this.current[key], change[key]))) {
      return;
    }
    this.current = { ...this.current, ...change };
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}
