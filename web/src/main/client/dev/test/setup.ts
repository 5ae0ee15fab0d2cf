/* SPDX-License-Identifier: EUPL-1.2 */
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom draws nothing: what a component asks of the layout is answered here once
HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
  this.open = false;
};
window.matchMedia = () => ({ matches: false }) as MediaQueryList;
HTMLCanvasElement.prototype.getContext = () => null;
vi.stubGlobal(
  "ResizeObserver",
  class {
    constructor(private readonly callback: ResizeObserverCallback) {}
    observe(target: Element) {
      const entry = { target, contentRect: { width: 1200, height: 675 } } as unknown as ResizeObserverEntry;
      this.callback([entry], this as unknown as ResizeObserver);
    }
    disconnect() {
      // nothing to end
    }
  },
);

afterEach(() => cleanup());
