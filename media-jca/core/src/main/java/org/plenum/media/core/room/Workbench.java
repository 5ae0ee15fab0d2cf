/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.RtcpWriter;
import org.plenum.media.core.rtcp.TwccFeedbackView;
import org.plenum.media.core.rtp.RedView;
import org.plenum.media.core.rtp.RedWriter;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;
import org.plenum.media.core.rtp.Vp8Descriptor;

/** The views and writers of one loop, made once and re-pointed at every packet; shared by all its rooms. One thread. */
public final class Workbench {
    final RandomGenerator random;
    final RtpView incoming = new RtpView();
    final RtpView kept = new RtpView();
    final RedView red = new RedView();
    final RtpView restored = new RtpView();
    final ByteBuffer restoredOctets = ByteBuffer.allocate(RtpView.FIXED_HEADER + RedView.LENGTH_LIMIT);
    final RedWriter redWriter = new RedWriter();
    final Vp8Descriptor incomingVp8 = new Vp8Descriptor();
    final Vp8Descriptor keptVp8 = new Vp8Descriptor();
    final Vp8Descriptor copyVp8 = new Vp8Descriptor();
    final RtpWriter header = new RtpWriter();
    final RtcpView reports = new RtcpView();
    final TwccFeedbackView feedback = new TwccFeedbackView();
    final RtcpWriter writer = new RtcpWriter();
    final FanOut fanOut = new FanOut();
    private boolean hurried;

    /** @param random makes SSRCs and first numbers (RFC 3550 section 5.1) */
    public Workbench(RandomGenerator random) {
        this.random = random;
    }

    /** Forwards what the rooms have received so far; to be called before a pass of the loop ends. */
    public void fanOut() {
        fanOut.run();
    }

    /** Something has become due soon that must not wait for the next packet to come. */
    void hurry() {
        hurried = true;
    }

    /** @return whether anything has become due in the rooms since the last call that must not be late */
    public boolean takeHurry() {
        boolean was = hurried;
        hurried = false;
        return was;
    }

    /** @return whether more packets of the frame that was received last may be about to come */
    public boolean isFrameOpen() {
        return fanOut.isFrameOpen();
    }
}
