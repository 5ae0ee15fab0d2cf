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

    private final Delivery[] deliveries = new Delivery[REMEMBERED];
    private final long[] sentNs = new long[REMEMBERED];
    private final int[] numbers = new int[REMEMBERED]; // transport-wide and of the stream, 16 bits each

    void onSent(int number, Delivery delivery, int sequenceNumber, long nowNs) {
        sentNs[number & MASK] = nowNs;
        deliveries[number & MASK] = delivery;
        numbers[number & MASK] = number << 16 | sequenceNumber;
    }

    /** The receiver has told of this packet. @param received whether it has come, or need not come any more */
    void onFeedback(int number, boolean received, long nowNs) {
        Delivery delivery = take(number);
        if (delivery != null) {
            delivery.told(numbers[number & MASK] & 0xFFFF, received, nowNs);
        }
    }

    /** What the receiver has told of these packets is lost. @param first the first of them @param untilNs that were sent until then */
    void onSilence(int first, long untilNs, long nowNs) {
        int number = first;
        for (int i = 0; i < MOST_SILENT && sentNs[number & MASK] - untilNs <= 0; i++) {
            onSilence(number, nowNs);
            number = number + 1 & 0xFFFF;
        }
    }

    /** What the receiver has told of this packet is lost. */
    void onSilence(int number, long nowNs) {
        Delivery delivery = take(number);
        if (delivery != null) {
            delivery.untold(numbers[number & MASK] & 0xFFFF, nowNs);
        }
    }

    private Delivery take(int number) {
        int at = number & MASK;
        Delivery delivery = numbers[at] >>> 16 == number ? deliveries[at] : null;
        if (delivery != null) {
            deliveries[at] = null;
        }
        return delivery;
    }
}
