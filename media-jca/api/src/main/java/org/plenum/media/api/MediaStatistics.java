/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.util.SortedMap;

/** Counters (only growing) and gauges (rooms, sessions, ...) of the engine by name. */
public record MediaStatistics(SortedMap<String, Long> counters, SortedMap<String, Long> gauges) {}
