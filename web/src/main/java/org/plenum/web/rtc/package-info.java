/* SPDX-License-Identifier: EUPL-1.2 */
/** The media socket of LiveKit's client protocol: bytes to and from the engine, and what HTTP has to say before. */
package org.plenum.web.rtc;
