/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.Locale;

/** Why a connection ended (envelope.md section 7). */
enum LeaveReason {
    LEAVE,
    CONNECTION_LOST,
    KICKED,
    BANNED,
    DEBRIEFED,
    SENT_TO_WAITING_ROOM,
    INTERNAL_ERROR;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
