/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * Finding and repairing lost packets, in both directions.
 *
 * <p><b>From the publisher.</b> Each incoming SSRC has a {@code LossTracker}. Every packet goes through {@code onPacket}, those
 * restored from rtx ({@code Rtx.restore}) too; DUPLICATE and TOO_OLD are dropped and counted. At {@code deadlineNs} the loop calls
 * {@code poll}, which names the packets for one NACK ({@code RtcpWriter.nack}, {@code alsoLost}).
 *
 * <p><b>To the receivers.</b> A packet that was forwarded is kept once, as it came, in the {@code PacketHistory} of its source. Each
 * receiver's {@code StreamRewriter} remembers numbers alone. For each number of a NACK: {@code rewriter.recall(number, rtt, now)};
 * when true, {@code histories[rewriter.source()].find(rewriter.originalSequenceNumber())}, wrap what was found,
 * {@code rewriter.again(view, vp8)}, build the packet as if it went for the first time, {@code Rtx.encapsulate} it when rtx was
 * agreed, protect and send it. Memory: one ring a source, about twenty octets a remembered packet and receiver.
 */
package org.plenum.media.core.loss;
