/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** A published track's sid, such as {@code TR_AM...}. */
public record TrackId(String value) {}
