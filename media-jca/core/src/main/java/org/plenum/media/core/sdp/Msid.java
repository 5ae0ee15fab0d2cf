/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/**
 * Which stream and track a section carries (RFC 8830).
 *
 * @param stream {@code -} for no stream
 * @param track id of the MediaStreamTrack; empty when the line has none. Firefox's braces are part of the id
 */
public record Msid(String stream, String track) {}
