/* SPDX-License-Identifier: EUPL-1.2 */
/** What the two WebSocket endpoints have in common: bounded sending, heartbeats. */
package org.plenum.web.socket;
