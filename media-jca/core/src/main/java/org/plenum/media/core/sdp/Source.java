/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/**
 * One SSRC of a section (RFC 5576 section 4.1).
 *
 * @param ssrc 0 to 2^32 - 1
 * @param cname empty when not given
 * @param msid value of the older msid source attribute; empty when not given
 */
public record Source(long ssrc, String cname, String msid) {}
