/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.Map;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;

/** Header extensions of a publisher that go on to a receiver who agreed to them too, under its own numbers (RFC 8285). One thread. */
final class PassedExtensions {
    private static final int MOST = 4;
    private static final int LONGEST = 16; // octets, in the one-byte form
    private static final int MOST_IDS = 14; // of the one-byte form (RFC 8285 section 4.2)

    private final int[] from = new int[MOST];
    private final int[] to = new int[MOST];
    private int size;

    /** @param sent ids by URI as they come in @param agreed as they go out */
    void set(Map<String, Integer> sent, Map<String, Integer> agreed) {
        size = 0;
        for (Map.Entry<String, Integer> extension : sent.entrySet()) {
            int id = id(agreed, extension.getKey());
            if (id != 0 && size < MOST && !isOfOneHop(extension.getKey())) {
                from[size] = extension.getValue();
                to[size++] = id;
            }
        }
    }

    void write(RtpView packet, RtpWriter header) {
        for (int i = 0; i < size; i++) {
            int at = packet.extension(from[i]);
            if (at != RtpView.ABSENT && packet.extensionLength() >= 1 && packet.extensionLength() <= LONGEST) {
                header.extension(to[i], packet.buffer(), at, packet.extensionLength());
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
