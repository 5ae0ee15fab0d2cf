/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.util.List;

/** A page of a list and how many rows the whole list has. */
public record Paged<T>(List<T> rows, long total) {}
