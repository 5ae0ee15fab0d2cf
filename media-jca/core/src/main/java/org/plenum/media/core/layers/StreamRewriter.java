/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import org.plenum.media.core.loss.RetransmitBuffer;
import org.plenum.media.core.rtcp.SourceClock;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.SequenceNumbers;
import org.plenum.media.core.rtp.Vp8Descriptor;

/**
 * Numbers the packets of one receiver so that it sees one seamless stream, whatever source they come from (RFC 3550 section 5.1,
 * RFC 7741 section 4.2). Between two switches everything is a constant offset, called an epoch: reordered packets keep their
 * order, gaps stay gaps that the receiver may ask for. A new epoch begins with a new source, after a pause, and behind packets that
 * were left out; behind those the numbering of the source goes on, so that an epoch before them still takes what comes late.
 *
 * <p>Timestamps: a source keeps its offset over pauses, because its clock went on. For another source the wall clocks of both
 * sender reports tell which instant its first timestamp means; without them the time since the last packet is used. A
 * timestamp never goes back from one epoch to the next.
 *
 * <p>{@link #accept} decides and numbers, {@link #recall} finds what a NACK means; after either the getters have the numbers of
 * the packet to send. Allocates nothing. All on the loop of the room.
 */
public final class StreamRewriter {
    private static final int EPOCHS = 64; // remembered for retransmissions; a power of two
    private static final int NO_SOURCE = -1;

    // what is known of an epoch
    private static final int FIELDS = 8;
    private static final int SOURCE = 0;
    private static final int SEQUENCE_OFFSET = 1;
    private static final int TIMESTAMP_OFFSET = 2;
    private static final int PICTURE_OFFSET = 3;
    private static final int TL0_OFFSET = 4;
    private static final int KEY_IDX_OFFSET = 5;
    private static final int FIRST = 6; // unwrapped number of the first packet, as its source counts
    private static final int GOES_ON = 7; // 1: where the epoch before ended
    private static final long MAX_CLOCK_ERROR_S = 10;

    private final long clockRate;
    private final RetransmitBuffer sent;

    /** Side by side, as a receiver's memory is cold when its turn comes. */
    private final long[] epochs = new long[EPOCHS * FIELDS];

    private int epoch = -1;
    private int firstWanted; // epoch
    private boolean broken = true; // the next packet begins an epoch

    private long highest; // unwrapped, sent or left out
    private int leftOutPicture = Vp8Descriptor.ABSENT;
    private int lastSequence;
    private long lastTimestamp;
    private long lastSourceTimestamp;
    private long lastNs;
    private int lastPicture;
    private int lastTl0;
    private int lastKeyIdx;
    private SourceClock lastClock;

    private int recalled; // epoch
    private int source = NO_SOURCE;
    private int original;
    private int sequenceNumber;
    private long timestamp;
    private int pictureId;
    private int tl0PicIdx;
    private int keyIdx;

    /**
     * @param firstSequenceNumber and firstTimestamp random for a new SSRC (RFC 3550 section 5.1)
     * @param remembered packets that can be asked for again; a power of two
     */
    public StreamRewriter(int clockRate, int firstSequenceNumber, long firstTimestamp, int remembered) {
        this.clockRate = clockRate;
        lastSequence = firstSequenceNumber - 1 & 0xFFFF;
        lastTimestamp = firstTimestamp - 1 & 0xFFFF_FFFFL;
        sent = new RetransmitBuffer(remembered);
    }

    /** Reads what the next packet will need. @return something that depends on all of it */
    public long fetch() {
        int at = at(epoch);
        return epochs[at] + epochs[at + FIELDS - 1] + keyIdx + lastNs + sent.fetch(lastSequence + 1);
    }

    /** Packets will be left out from here on; the numbering closes up over them. */
    public void pause() {
        broken = true;
    }

    /** As {@link #pause}, and nobody needs what went before any more: it is not recalled. */
    public void abandon() {
        broken = true;
        firstWanted = epoch + 1;
    }

    /**
     * Numbers a packet that goes to this receiver.
     *
     * @param source a number for the SSRC whose packet it is, not negative; another than last time begins an epoch, which
     *     should be at a key frame
     * @param packet as it came
     * @param vp8 the descriptor of the packet, or null for other codecs
     * @param clock of the source, may be null
     * @return false when the packet is older than the epoch and must not be sent
     */
    public boolean accept(int source, RtpView packet, Vp8Descriptor vp8, SourceClock clock, long nowNs) {
        if (broken || source != epochs[at(epoch) + SOURCE]) {
            begin(source, packet, vp8, clock, nowNs);
        }
        long seq = SequenceNumbers.unwrap(highest, packet.sequenceNumber());
        int at = epochOf(seq);
        if (at < 0) {
            return false;
        }
        original = packet.sequenceNumber();
        number(at, packet, vp8);
        if (seq >= highest) {
            highest = seq;
            lastSequence = sequenceNumber;
            lastTimestamp = timestamp;
            lastSourceTimestamp = packet.timestamp();
            lastNs = nowNs;
            leftOutPicture = Vp8Descriptor.ABSENT;
            rememberPicture(vp8);
        }
        sent.onSent(sequenceNumber, original, at & 0xFFFF, nowNs);
        return true;
    }

    /** Where what is known of an epoch begins. */
    private static int at(int epoch) {
        return (epoch & EPOCHS - 1) * FIELDS;
    }

    /** @return the epoch that a packet of the current source belongs to, or -1 when that is over */
    private int epochOf(long seq) {
        int candidate = epoch;
        while (seq < epochs[at(candidate) + FIRST]) {
            if (epochs[at(candidate) + GOES_ON] == 0 || epoch - candidate == EPOCHS - 1) {
                return -1;
            }
            candidate--;
        }
        return candidate;
    }

    /** @return whether later packets of the source were seen; its place among those is kept for it */
    public boolean isLate(int source, RtpView packet) {
        return !broken
                && source == currentSource()
                && SequenceNumbers.unwrap(highest, packet.sequenceNumber()) <= highest;
    }

    /**
     * Leaves out a packet that is not late. The numbers close up over it and over its picture; places before it that are still empty
     * stay, since nobody knows yet what belongs there.
     *
     * @param source as {@link #accept} takes it
     */
    public void leaveOut(int source, RtpView packet, Vp8Descriptor vp8) {
        if (broken || source != currentSource()) {
            return; // what comes next begins anew
        }
        long seq = SequenceNumbers.unwrap(highest, packet.sequenceNumber());
        if (epochs[at(epoch) + GOES_ON] == 0
                || epochs[at(epoch) + FIRST] != seq) { // else the last epoch is still empty
            goOn();
        }
        int i = at(epoch);
        epochs[i + FIRST] = seq + 1;
        highest = seq;
        epochs[i + SEQUENCE_OFFSET]--;
        if (vp8 != null && vp8.pictureId() != leftOutPicture) {
            leftOutPicture = vp8.pictureId();
            epochs[i + PICTURE_OFFSET]--;
        }
    }

    private void goOn() {
        int before = at(epoch);
        epoch++;
        int i = at(epoch);
        epochs[i + SOURCE] = epochs[before + SOURCE];
        epochs[i + TIMESTAMP_OFFSET] = epochs[before + TIMESTAMP_OFFSET];
        epochs[i + SEQUENCE_OFFSET] = epochs[before + SEQUENCE_OFFSET];
        epochs[i + PICTURE_OFFSET] = epochs[before + PICTURE_OFFSET];
        epochs[i + TL0_OFFSET] = epochs[before + TL0_OFFSET];
        epochs[i + KEY_IDX_OFFSET] = epochs[before + KEY_IDX_OFFSET];
        epochs[i + GOES_ON] = 1;
    }

    /**
     * The receiver misses a packet.
     *
     * @param outgoing its number as the receiver knows it
     * @param roundTripNs to the receiver: a packet sent less than this long ago is not sent again
     * @return true when {@link #source} and {@link #originalSequenceNumber} name the packet to send again; wrap it and call
     *     {@link #again}
     */
    public boolean recall(int outgoing, long roundTripNs, long nowNs) {
        return remember(outgoing, sent.take(outgoing, roundTripNs, nowNs));
    }

    /** As {@link #recall}, of a packet that {@link #accept} has numbered and that has not left yet. */
    public boolean resume(int outgoing) {
        return remember(outgoing, sent.epoch(outgoing));
    }

    /** @param low the last bits of its epoch, or -1 */
    private boolean remember(int outgoing, int low) {
        int then = epoch - (epoch - low & 0xFFFF);
        if (low < 0 || then < firstWanted || epoch - then >= EPOCHS) {
            return false;
        }
        source = (int) epochs[at(then) + SOURCE];
        original = sent.original(outgoing);
        recalled = then;
        return true;
    }

    /** @return whether a packet was recalled before, or is not known any more */
    public boolean wasSentAgain(int outgoing) {
        return sent.wasTaken(outgoing);
    }

    /** What {@link #recall} found has been sent. */
    public void sentAgain(int outgoing) {
        sent.onSentAgain(outgoing);
    }

    /** The receiver tells the fate of one copy of a packet. @return whether every copy of it is lost */
    public boolean isLost(int outgoing, boolean received) {
        return sent.onTold(outgoing, received);
    }

    /** @return whether a packet is known to have come, or is not known any more */
    public boolean hasArrived(int outgoing) {
        return sent.hasArrived(outgoing);
    }

    /** Numbers the packet that {@link #recall} found like the first time. @param vp8 its descriptor, or null */
    public void again(RtpView packet, Vp8Descriptor vp8) {
        number(recalled, packet, vp8);
    }

    /** @return the source that the stream follows now, whatever was recalled meanwhile; -1 before the first packet */
    public int currentSource() {
        return epoch < 0 ? NO_SOURCE : (int) epochs[at(epoch) + SOURCE];
    }

    /** @return the number that the receiver saw last, 0 to 65535 */
    public int lastSequenceNumber() {
        return lastSequence;
    }

    /** @return the source of the packet */
    public int source() {
        return source;
    }

    /** @return its number at its source */
    public int originalSequenceNumber() {
        return original;
    }

    /** @return 0 to 65535 */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** @return 0 to 2^32 - 1 */
    public long timestamp() {
        return timestamp;
    }

    /** @return true when at least one packet was numbered */
    public boolean started() {
        return epoch >= 0;
    }

    /** @return what the receiver's timeline shows for a timestamp of the current source, 0 to 2^32 - 1 */
    public long timestampOf(long sourceTimestamp) {
        return epoch < 0 ? 0 : sourceTimestamp + epochs[at(epoch) + TIMESTAMP_OFFSET] & 0xFFFF_FFFFL;
    }

    /** Writes the picture numbers of the packet into its copy for this receiver; fields that are not there stay away. */
    public void rewrite(Vp8Descriptor copy) {
        copy.pictureId(pictureId);
        copy.tl0PicIdx(tl0PicIdx);
        copy.keyIdx(keyIdx);
    }

    private void number(int of, RtpView packet, Vp8Descriptor vp8) {
        int i = at(of);
        source = (int) epochs[i + SOURCE];
        sequenceNumber = packet.sequenceNumber() + (int) epochs[i + SEQUENCE_OFFSET] & 0xFFFF;
        timestamp = packet.timestamp() + epochs[i + TIMESTAMP_OFFSET] & 0xFFFF_FFFFL;
        if (vp8 != null) {
            pictureId = vp8.pictureId() + (int) epochs[i + PICTURE_OFFSET] & 0x7FFF;
            tl0PicIdx = vp8.tl0PicIdx() + (int) epochs[i + TL0_OFFSET] & 0xFF;
            keyIdx = vp8.keyIdx() + (int) epochs[i + KEY_IDX_OFFSET] & 0x1F;
        }
    }

    private void begin(int source, RtpView packet, Vp8Descriptor vp8, SourceClock clock, long nowNs) {
        boolean fresh = epoch < 0;
        boolean sameSource = !fresh && source == epochs[at(epoch) + SOURCE];
        long offset = sameSource
                ? epochs[at(epoch) + TIMESTAMP_OFFSET]
                : firstTimestamp(fresh, packet, clock, nowNs) - packet.timestamp();
        epoch++;
        int i = at(epoch);
        epochs[i + SOURCE] = source;
        epochs[i + TIMESTAMP_OFFSET] = offset;
        epochs[i + SEQUENCE_OFFSET] = lastSequence + 1 - packet.sequenceNumber();
        if (vp8 != null) {
            epochs[i + PICTURE_OFFSET] = fresh ? 0 : lastPicture + 1 - vp8.pictureId();
            epochs[i + TL0_OFFSET] = fresh ? 0 : lastTl0 + 1 - vp8.tl0PicIdx();
            epochs[i + KEY_IDX_OFFSET] = fresh ? 0 : lastKeyIdx + 1 - vp8.keyIdx();
        }
        epochs[i + FIRST] = packet.sequenceNumber() + 0x1_0000L; // room below, so that unwrapping never turns negative
        highest = epochs[i + FIRST];
        epochs[i + GOES_ON] = 0;
        leftOutPicture = Vp8Descriptor.ABSENT;
        lastClock = clock;
        broken = false;
    }

    /** The first timestamp of a new source on the receiver's timeline. */
    private long firstTimestamp(boolean fresh, RtpView packet, SourceClock clock, long nowNs) {
        long elapsed = fresh ? 1 : Math.max(1, (nowNs - lastNs) / 1000 * clockRate / 1_000_000);
        boolean clocks = !fresh && clock != null && lastClock != null && clock.known() && lastClock.known();
        if (clocks) {
            long before = lastClock.timestampOf(clock.ntpOf(packet.timestamp())); // the same instant on the old source
            long ahead = (int) (before - lastSourceTimestamp);
            if (Math.abs(ahead - elapsed) < MAX_CLOCK_ERROR_S * clockRate) { // else a clock is wrong
                elapsed = Math.max(1, ahead);
            }
        }
        return lastTimestamp + elapsed;
    }

    private void rememberPicture(Vp8Descriptor vp8) {
        if (vp8 != null) {
            lastPicture = pictureId;
            lastTl0 = tl0PicIdx;
            lastKeyIdx = keyIdx;
        }
    }
}
