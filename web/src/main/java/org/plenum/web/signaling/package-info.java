/* SPDX-License-Identifier: EUPL-1.2 */
/** The signaling socket: text to and from the live rooms, and what HTTP has to say before. */
package org.plenum.web.signaling;
