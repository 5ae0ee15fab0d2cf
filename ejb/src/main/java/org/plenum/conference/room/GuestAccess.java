/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

/** What a guest link opens. */
public enum GuestAccess {
    DISABLED,
    WAITING_ROOM,
    DIRECT_ACCESS
}
