/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.Set;
import java.util.UUID;

/** What is fixed when a room opens: its id and the features of the namespace that its tariff leaves on. */
public record RoomSettings(UUID room, Set<String> features) {}
