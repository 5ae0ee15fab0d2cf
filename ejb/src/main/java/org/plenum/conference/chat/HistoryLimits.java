/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

/**
 * What a meeting remembers of its chat, all histories together: beyond it the oldest messages are forgotten.
 *
 * @param messages at most so many
 * @param characters of all contents together, at most
 */
record HistoryLimits(int messages, long characters) {
    static final HistoryLimits USUAL = new HistoryLimits(20_000, 8L * 1024 * 1024);
    /** Octets of one message in UTF-8. */
    static final int ONE_MESSAGE = 16 * 1024;
}
