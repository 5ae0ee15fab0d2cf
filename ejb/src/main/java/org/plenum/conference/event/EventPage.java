/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of events.
 *
 * @param before to be asked for the rows before these, absent when there are none
 * @param after to be asked for the rows after these, absent when there are none
 */
public record EventPage(List<EventInfo> rows, Optional<Cursor> before, Optional<Cursor> after) {}
