/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;

/** Runs something later. May be called from any thread; actions run on any thread. */
interface Alarms {
    Alarm in(Duration time, Runnable action);

    /** One action that is due later. */
    interface Alarm {
        /** Does nothing when the action has run or is running. */
        void cancel();
    }
}
