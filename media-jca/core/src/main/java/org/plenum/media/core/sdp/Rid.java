/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/** An encoding of a section (RFC 8851). Restrictions behind the direction are not used. */
public record Rid(String id, boolean send) {}
