/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.Map;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;

/**
 * Header extensions of a publisher that go on to a receiver who agreed to them too, under its own numbers (RFC 8285). One number holds
 * what is known of them, so that on the path of a packet nothing has to be fetched from elsewhere.
 */
final class PassedExtensions {
    private static final int MOST = 4;
    private static final int LONGEST = 16; // octets, in the one-byte form
    private static final int MOST_IDS = 14; // of the one-byte form (RFC 8285 section 4.2)
    private static final int MOST_SENT_ID = 255; // of the two-byte form
    private static final int PAIR = 16; // bits: how it comes in, how it goes out

    private PassedExtensions() {}

    /** @param sent ids by URI as they come in @param agreed as they go out */
    static long of(Map<String, Integer> sent, Map<String, Integer> agreed) {
        long passed = 0;
        int size = 0;
        for (Map.Entry<String, Integer> extension : sent.entrySet()) {
            int from = extension.getValue();
            int to = id(agreed, extension.getKey());
            if (to != 0 && from >= 1 && from <= MOST_SENT_ID && size < MOST && !isOfOneHop(extension.getKey())) {
                passed |= (long) (from << 8 | to) << PAIR * size++;
            }
        }
        return passed;
    }

    /** @param passed what {@link #of} made */
    static void write(long passed, RtpView packet, RtpWriter header) {
        for (long left = passed; left != 0; left >>>= PAIR) {
            int at = packet.extension((int) left >>> 8 & MOST_SENT_ID);
            if (at != RtpView.ABSENT && packet.extensionLength() >= 1 && packet.extensionLength() <= LONGEST) {
                header.extension((int) left & 0xFF, packet.buffer(), at, packet.extensionLength());
            }
        }
    }

    /** @return 1 to 14, or 0 when it was not agreed to */
    static int id(Map<String, Integer> extensions, String uri) {
        int id = extensions.getOrDefault(uri, 0);
        return id >= 1 && id <= MOST_IDS ? id : 0;
    }

    /** What is true between two ends of a transport only, and written anew for the next. */
    private static boolean isOfOneHop(String uri) {
        return switch (uri) {
            case HeaderExtensions.MID,
                    HeaderExtensions.RID,
                    HeaderExtensions.REPAIRED_RID,
                    HeaderExtensions.ABS_SEND_TIME,
                    HeaderExtensions.TRANSPORT_WIDE_CC -> true;
            default -> false;
        };
    }
}
