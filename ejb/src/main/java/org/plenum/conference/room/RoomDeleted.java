/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.util.UUID;

/** A CDI event: the room is gone, whoever is in it has to leave. To be observed after success of the transaction. */
public record RoomDeleted(UUID room) {}
