/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** One published track at one moment. */
public record TrackInfo(String sid, TrackSource source, boolean video, boolean muted, String mimeType) {}
