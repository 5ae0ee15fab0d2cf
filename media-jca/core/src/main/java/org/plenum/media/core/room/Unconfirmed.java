/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

/**
 * Which packet of which video went out under which transport-wide number: what a receiver says is missing there can be sent again before
 * it asks, and when its request is lost. Belongs to the loop of the room.
 */
final class Unconfirmed {
    private static final int REMEMBERED = 1024; // about a second of a fast line; a power of two
    private static final int MOST_SILENT = 64; // two intervals between reports
    private static final int MASK = REMEMBERED - 1;

    /** Two for each: SSRC, transport-wide number and the one of the stream, 0 for none, and when it left. */
    private final long[] packets = new long[2 * REMEMBERED];

    private final SsrcMap<Delivery> deliveries;

    Unconfirmed(SsrcMap<Delivery> deliveries) {
        this.deliveries = deliveries;
    }

    void onSent(int number, long ssrc, int sequenceNumber, long nowNs) {
        int at = at(number);
        packets[at] = ssrc << 32 | (long) number << 16 | sequenceNumber;
        packets[at + 1] = nowNs;
    }

    private static int at(int number) {
        return 2 * (number & MASK);
    }

    /** The receiver has told of this packet. @param received whether it has come, or need not come any more */
    void onFeedback(int number, boolean received, long nowNs) {
        Delivery delivery = take(number);
        if (delivery != null) {
            delivery.told(sequenceNumber(number), received, nowNs);
        }
    }

    /** What the receiver has told of these packets is lost. @param first the first of them @param untilNs that were sent until then */
    void onSilence(int first, long untilNs, long nowNs) {
        int number = first;
        for (int i = 0; i < MOST_SILENT && packets[at(number) + 1] - untilNs <= 0; i++) {
            onSilence(number, nowNs);
            number = number + 1 & 0xFFFF;
        }
    }

    /** What the receiver has told of this packet is lost. */
    void onSilence(int number, long nowNs) {
        Delivery delivery = take(number);
        if (delivery != null) {
            delivery.untold(sequenceNumber(number), nowNs);
        }
    }

    /** @return null when it is not there any more, was taken before, or its subscription has ended */
    private Delivery take(int number) {
        int at = at(number);
        long packet = packets[at];
        long ssrc = packet >>> 32;
        if (ssrc == 0 || (packet >>> 16 & 0xFFFF) != number) {
            return null;
        }
        packets[at] = packet & 0xFFFF; // its number is asked for next
        return deliveries.get(ssrc);
    }

    private int sequenceNumber(int number) {
        return (int) packets[at(number)] & 0xFFFF;
    }
}
