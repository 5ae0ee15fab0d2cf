/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.Locale;

/** Why a room closes (core.md), and with which code its sockets do (envelope.md section 7). */
enum CloseReason {
    GRACEFUL_SHUTDOWN(1001), // the clients come back
    FATAL_ERROR(1000),
    TIME_LIMIT_REACHED(1000),
    IDLE_TIMEOUT_REACHED(1000),
    ROOM_DELETED(1000);

    private final int code;

    CloseReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
