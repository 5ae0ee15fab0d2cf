/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect } from "react";

/** Keeps the screen awake during a meeting, where the browser can; it lets go by itself when the page is hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    const wakeLock = (navigator as Partial<Navigator>).wakeLock;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const ask = () => {
      if (document.visibilityState === "visible") {
        wakeLock?.request("screen").then(
          (granted) => {
            lock = granted;
            if (over) {
              void granted.release();
            }
          },
          () => undefined, // battery saving: the screen may go dark then
        );
      }
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}
