/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.UUID;

public record ConnectionId(UUID value) {}
