/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.Locale;
import org.plenum.media.core.rtp.H264Payload;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.Vp8Descriptor;

/** What forwarding has to know of a codec. */
enum Payload {
    AUDIO,
    VP8,
    H264,
    /** Video of which nothing is known: one layer, every packet may be the first. */
    OTHER_VIDEO;

    static Payload of(boolean video, String mimeType) {
        if (!video) {
            return AUDIO;
        }
        return switch (mimeType.toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> VP8;
            case "video/h264" -> H264;
            default -> OTHER_VIDEO;
        };
    }

    /**
     * Points the VP8 window at the payload where there is one to point at.
     *
     * @return null for other codecs and for packets without payload
     */
    Vp8Descriptor descriptor(RtpView packet, Vp8Descriptor window) {
        return this == VP8 && window.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                ? window
                : null;
    }

    /** Whether a receiver can begin with this packet. @param vp8 what {@link #descriptor} said */
    boolean startsKeyFrame(RtpView packet, Vp8Descriptor vp8) {
        return switch (this) {
            case AUDIO, OTHER_VIDEO -> true;
            case VP8 -> vp8 != null && vp8.keyFrame();
            case H264 -> H264Payload.isKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        };
    }
}
