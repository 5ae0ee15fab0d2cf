/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/** What forwarding needs to know of an H.264 payload (RFC 6184 section 5): whether a receiver can start here. */
public final class H264Payload {
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264Payload() {}

    /**
     * True for the first packet of a key frame: a parameter set or the start of an IDR slice, alone, in an aggregate (STAP-A) or
     * fragmented (FU-A). Truncated payloads are no key frames.
     */
    public static boolean isKeyFrame(ByteBuffer buffer, int offset, int length) {
        if (length < 2) {
            return false;
        }
        int type = buffer.get(offset) & 0x1F;
        if (type == STAP_A) {
            return hasKeyFrame(buffer, offset + 1, offset + length);
        }
        if (type == FU_A) {
            boolean first = buffer.get(offset + 1) < 0; // the S bit of the FU header
            return first && startsKeyFrame(buffer.get(offset + 1) & 0x1F);
        }
        return startsKeyFrame(type);
    }

    private static boolean hasKeyFrame(ByteBuffer buffer, int from, int end) {
        for (int at = from; at + 2 < end; ) {
            int size = Short.toUnsignedInt(buffer.getShort(at));
            if (size == 0 || at + 2 + size > end) {
                return false;
            }
            if (startsKeyFrame(buffer.get(at + 2) & 0x1F)) {
                return true;
            }
            at += 2 + size;
        }
        return false;
    }

    private static boolean startsKeyFrame(int type) {
        return type == IDR || type == SPS;
    }
}
