/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.Vp8Descriptor;

/**
 * Packets of videos that a pass of the loop has received and not forwarded yet. All of them go to one receiver after the other: what is
 * known of a receiver is fetched from memory once for a frame instead of once for a packet, and its packets lie side by side when they leave.
 * The packets are those in the histories of their encodings. One thread; allocates nothing.
 */
final class FanOut {
    /** Packets; a history holds more than that. */
    static final int MOST = 32;

    private final Track[] tracks = new Track[MOST];
    private final Encoding[] encodings = new Encoding[MOST];
    private final RtpView[] packets = new RtpView[MOST];
    private final Vp8Descriptor[] windows = new Vp8Descriptor[MOST];
    private final Vp8Descriptor[] descriptors = new Vp8Descriptor[MOST]; // the windows, or null
    private final boolean[] keyFrames = new boolean[MOST];
    private final long[] arrivedNs = new long[MOST];
    private int size;

    FanOut() {
        for (int i = 0; i < MOST; i++) {
            packets[i] = new RtpView();
            windows[i] = new Vp8Descriptor();
        }
    }

    /** Takes a packet that its history has kept. @param keyFrame whether it begins one */
    void add(Track track, Encoding encoding, int sequenceNumber, boolean keyFrame, long nowNs) {
        if (size == MOST) {
            run();
        }
        int length = encoding.history.find(sequenceNumber);
        packets[size].wrap(encoding.history.buffer(), encoding.history.offset(sequenceNumber), length);
        descriptors[size] = track.payload().descriptor(packets[size], windows[size]);
        tracks[size] = track;
        encodings[size] = encoding;
        keyFrames[size] = keyFrame;
        arrivedNs[size++] = nowNs;
    }

    /** @return whether the last packet is not the last one of its frame, so that more may be about to come */
    boolean isFrameOpen() {
        return size > 0 && !packets[size - 1].marker();
    }

    /** Forwards everything. */
    void run() {
        try {
            for (int i = 0; i < size; i++) {
                if (tracks[i] != null) {
                    forward(tracks[i], i);
                }
            }
        } finally { // a fault must not come again with the same packets in every pass
            size = 0;
        }
    }

    private void forward(Track track, int first) {
        for (int receiver = 0; receiver < track.deliveries(); receiver++) {
            track.fetch(receiver);
            Delivery delivery = track.delivery(receiver);
            for (int i = first; i < size; i++) {
                if (tracks[i] == track) {
                    delivery.deliver(encodings[i], packets[i], descriptors[i], keyFrames[i], arrivedNs[i]);
                }
            }
        }
        for (int i = first; i < size; i++) {
            if (tracks[i] == track) { // ended tracks are not kept alive by what they sent
                tracks[i] = null;
                encodings[i] = null;
            }
        }
    }
}
