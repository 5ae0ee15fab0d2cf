/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.Optional;

/**
 * Which part of a list is wanted: so many rows behind {@code after} or in front of {@code before}, of which one at most
 * is given; from the beginning without either.
 */
public record Window(int rows, Optional<Cursor> after, Optional<Cursor> before) {}
