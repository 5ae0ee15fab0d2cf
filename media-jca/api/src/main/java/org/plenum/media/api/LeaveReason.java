/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** Why a local peer leaves. */
public enum LeaveReason {
    /** The person hung up. */
    HUNG_UP,
    /** The meeting took the seat away, or the server stops. */
    ENDED
}
