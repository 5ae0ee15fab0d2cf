/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.invite;

import java.util.UUID;

/** What the holder of a guest link learns before entering. */
public record OpenedRoom(UUID room, boolean passwordRequired) {}
