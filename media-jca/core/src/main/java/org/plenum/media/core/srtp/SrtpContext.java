/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.nio.ByteBuffer;

/**
 * Protects and unprotects the packets of one DTLS association, in place (RFC 3711, RFC 7714, RFC 5764). One thread at a
 * time, no clock, no exceptions for what comes from the network: every call returns the new length, or one of the negative
 * codes below, each of which is counted.
 *
 * <p>Packets may sit in heap buffers, which is fastest, or in direct ones, which costs two copies. Positions and limits do
 * not matter and are not touched; what is appended must fit into the buffer's limit.
 *
 * <p>On the way out an index is used once. The very same packet again (a retransmission without RFC 4588) is refused with
 * {@link #REPLAYED}: under GCM a second packet under one index would give the key away. Send it under a new sequence
 * number, as RTX does. Outgoing streams must begin with a sequence number below 2^15, otherwise the receiver may guess the
 * rollover counter wrong (RFC 3711 section 3.3.1).
 */
public final class SrtpContext {
    /** No RTP or RTCP packet, or too short to be protected. */
    public static final int MALFORMED = -1;
    /** Its index was used before. On the way in this is nothing bad: Firefox repeats packets to probe for bandwidth. */
    public static final int REPLAYED = -2;
    /** Too far behind to know whether its index was used. */
    public static final int TOO_OLD = -3;
    /** The tag is wrong: sent by somebody else, or damaged. */
    public static final int NOT_AUTHENTIC = -4;
    /** On the way out: more SSRCs than the limit. {@link #forgetOutbound} those that are no longer used. */
    public static final int TOO_MANY_STREAMS = -5;
    /** 2^31 RTCP packets were sent under these keys, or 2^48 RTP packets of one SSRC. */
    public static final int KEYS_EXHAUSTED = -6;
    /** No room behind the packet for what protection appends. */
    public static final int NO_ROOM = -7;

    /** Octets of room that protection needs behind a packet, whatever the profile. */
    public static final int MAX_OVERHEAD = 20;

    private static final int CODES = 8;
    private static final int MIN_RTP = 12;
    private static final int MIN_RTCP = 8;
    private static final int MAX_PACKET = 2048; // longer ones do not travel in one datagram
    private static final int WINDOW = 1024; // packets; as libwebrtc: late repairs of a fast stream must get through
    private static final int RTCP_WINDOW = 128;
    private static final long MAX_RTP_INDEX = (1L << 48) - 1;

    private final PacketCipher inbound;
    private final PacketCipher outbound;
    final Streams inboundRtp;
    final Streams inboundRtcp;
    final Streams outboundRtp;
    private final long[] refused = new long[CODES];
    private final byte[] scratch = new byte[MAX_PACKET + MAX_OVERHEAD]; // for direct buffers
    long nextRtcpIndex; // one counter for all our SSRCs: still none used twice

    /** How many SSRCs may have state. Beyond, the least recently heard of the incoming ones loses its state. */
    public record Limits(int inbound, int outbound) {
        public static final Limits DEFAULT = new Limits(256, 4096);
    }

    /**
     * @param keyingMaterial what DTLS exported
     * @param weAreDtlsClient decides which half of it is ours
     */
    public SrtpContext(SrtpProfile profile, byte[] keyingMaterial, boolean weAreDtlsClient) {
        this(
                SrtpKeys.of(profile, keyingMaterial, !weAreDtlsClient),
                SrtpKeys.of(profile, keyingMaterial, weAreDtlsClient),
                Limits.DEFAULT);
    }

    /**
     * @param inbound keys the other side protects with
     * @param outbound our keys
     */
    public SrtpContext(SrtpKeys inbound, SrtpKeys outbound, Limits limits) {
        this(inbound.cipher(), outbound.cipher(), limits);
    }

    SrtpContext(PacketCipher inbound, PacketCipher outbound, Limits limits) {
        this.inbound = inbound;
        this.outbound = outbound;
        inboundRtp = new Streams(limits.inbound(), WINDOW);
        inboundRtcp = new Streams(limits.inbound(), RTCP_WINDOW);
        outboundRtp = new Streams(limits.outbound(), WINDOW);
    }

    /**
     * @param length of the protected packet
     * @return length of the plain packet, or a code. After a code the content is undefined
     */
    public int unprotectRtp(ByteBuffer buffer, int offset, int length) {
        if (length > MAX_PACKET) {
            return refuse(MALFORMED);
        }
        if (buffer.hasArray()) {
            return unprotectRtp(buffer.array(), buffer.arrayOffset() + offset, length);
        }
        buffer.get(offset, scratch, 0, length);
        int result = unprotectRtp(scratch, 0, length);
        return copyBack(buffer, offset, result);
    }

    /** As {@link #unprotectRtp(ByteBuffer, int, int)}. */
    public int unprotectRtp(byte[] packet, int offset, int length) {
        int header = headerLength(packet, offset, length - inbound.rtpOverhead());
        if (header < 0) {
            return refuse(MALFORMED);
        }
        int ssrc = Octets.intAt(packet, offset + 8);
        int sequenceNumber = Octets.shortAt(packet, offset + 2);
        Streams.Stream stream = inboundRtp.find(ssrc);
        long index = sequenceNumber; // a stream not heard before begins with rollover counter 0
        if (stream != null) { // refused before any cryptography
            index = stream.window.nearest(sequenceNumber);
            ReplayWindow.Answer seen = stream.window.look(index);
            if (seen != ReplayWindow.Answer.FRESH) {
                return refuse(seen == ReplayWindow.Answer.USED ? REPLAYED : TOO_OLD);
            }
        }
        if (!inbound.openRtp(packet, offset, header, length, index)) {
            return refuse(NOT_AUTHENTIC);
        }
        use(inboundRtp, stream, ssrc, index);
        return length - inbound.rtpOverhead();
    }

    /**
     * @param length of the protected compound packet
     * @return length of the plain packet, or a code. After a code the content is undefined
     */
    public int unprotectRtcp(ByteBuffer buffer, int offset, int length) {
        if (length > MAX_PACKET) {
            return refuse(MALFORMED);
        }
        if (buffer.hasArray()) {
            return unprotectRtcp(buffer.array(), buffer.arrayOffset() + offset, length);
        }
        buffer.get(offset, scratch, 0, length);
        int result = unprotectRtcp(scratch, 0, length);
        return copyBack(buffer, offset, result);
    }

    /** As {@link #unprotectRtcp(ByteBuffer, int, int)}. */
    public int unprotectRtcp(byte[] packet, int offset, int length) {
        int plain = length - inbound.rtcpOverhead();
        if (plain < MIN_RTCP || (packet[offset] & 0xC0) != 0x80) {
            return refuse(MALFORMED);
        }
        int ssrc = Octets.intAt(packet, offset + 4);
        long index = inbound.rtcpIndexWord(packet, offset, length) & Integer.MAX_VALUE;
        Streams.Stream stream = inboundRtcp.find(ssrc);
        if (stream != null) {
            ReplayWindow.Answer seen = stream.window.look(index);
            if (seen != ReplayWindow.Answer.FRESH) {
                return refuse(seen == ReplayWindow.Answer.USED ? REPLAYED : TOO_OLD);
            }
        }
        if (!inbound.openRtcp(packet, offset, length)) {
            return refuse(NOT_AUTHENTIC);
        }
        use(inboundRtcp, stream, ssrc, index);
        return plain;
    }

    /**
     * State is made only for authentic packets, so an SSRC is the peer's own choice: who uses many loses the oldest of its
     * own. That one would be accepted again from its first packet on, and nobody listens to it.
     */
    private static void use(Streams streams, Streams.Stream known, int ssrc, long index) {
        Streams.Stream stream = known;
        if (stream == null) {
            if (streams.isFull()) {
                streams.dropLeastRecentlyUsed();
            }
            stream = streams.add(ssrc);
        }
        streams.touch(stream);
        stream.window.use(index);
    }

    /**
     * @param length of the plain packet, with {@link #MAX_OVERHEAD} octets of room behind it
     * @return length of the protected packet, or a code. After a code the packet is as it was
     */
    public int protectRtp(ByteBuffer buffer, int offset, int length) {
        if (length > MAX_PACKET) {
            return refuse(MALFORMED);
        }
        if (offset + length + outbound.rtpOverhead() > buffer.limit()) {
            return refuse(NO_ROOM);
        }
        if (buffer.hasArray()) {
            return protectRtp(buffer.array(), buffer.arrayOffset() + offset, length);
        }
        buffer.get(offset, scratch, 0, length);
        return copyBack(buffer, offset, protectRtp(scratch, 0, length));
    }

    /** Reads what {@link #protectRtp} of this SSRC will need. @return something that depends on it */
    public long fetch(long ssrc) {
        Streams.Stream stream = outboundRtp.find((int) ssrc);
        return outbound.fetch() + (stream == null ? 0 : stream.window.fetch());
    }

    /** As {@link #protectRtp(ByteBuffer, int, int)}. */
    public int protectRtp(byte[] packet, int offset, int length) {
        int header = headerLength(packet, offset, length);
        if (header < 0) {
            return refuse(MALFORMED);
        }
        if (offset + length + outbound.rtpOverhead() > packet.length) {
            return refuse(NO_ROOM);
        }
        int ssrc = Octets.intAt(packet, offset + 8);
        Streams.Stream stream = outboundRtp.find(ssrc);
        if (stream == null) {
            if (outboundRtp.isFull()) { // never by forgetting another: its indices would be used twice
                return refuse(TOO_MANY_STREAMS);
            }
            stream = outboundRtp.add(ssrc);
        }
        long index = stream.window.nearest(Octets.shortAt(packet, offset + 2));
        ReplayWindow.Answer used = stream.window.look(index);
        if (used != ReplayWindow.Answer.FRESH) {
            return refuse(used == ReplayWindow.Answer.USED ? REPLAYED : TOO_OLD);
        }
        if (index > MAX_RTP_INDEX) {
            return refuse(KEYS_EXHAUSTED);
        }
        stream.window.use(index);
        outbound.sealRtp(packet, offset, header, length, index);
        return length + outbound.rtpOverhead();
    }

    /**
     * @param length of the plain compound packet, with {@link #MAX_OVERHEAD} octets of room behind it
     * @return length of the protected packet, or a code. After a code the packet is as it was
     */
    public int protectRtcp(ByteBuffer buffer, int offset, int length) {
        if (length > MAX_PACKET) {
            return refuse(MALFORMED);
        }
        if (offset + length + outbound.rtcpOverhead() > buffer.limit()) {
            return refuse(NO_ROOM);
        }
        if (buffer.hasArray()) {
            return protectRtcp(buffer.array(), buffer.arrayOffset() + offset, length);
        }
        buffer.get(offset, scratch, 0, length);
        return copyBack(buffer, offset, protectRtcp(scratch, 0, length));
    }

    /** As {@link #protectRtcp(ByteBuffer, int, int)}. */
    public int protectRtcp(byte[] packet, int offset, int length) {
        if (length < MIN_RTCP || (packet[offset] & 0xC0) != 0x80) {
            return refuse(MALFORMED);
        }
        if (offset + length + outbound.rtcpOverhead() > packet.length) {
            return refuse(NO_ROOM);
        }
        if (nextRtcpIndex > Integer.MAX_VALUE) {
            return refuse(KEYS_EXHAUSTED);
        }
        outbound.sealRtcp(packet, offset, length, (int) nextRtcpIndex++);
        return length + outbound.rtcpOverhead();
    }

    /** The other side no longer sends this SSRC, for instance because its track ended. */
    public void forgetInbound(long ssrc) {
        inboundRtp.remove((int) ssrc);
        inboundRtcp.remove((int) ssrc);
    }

    /** We no longer send this SSRC, and never will again under these keys: its indices begin anew. */
    public void forgetOutbound(long ssrc) {
        outboundRtp.remove((int) ssrc);
    }

    /** How many calls returned this code. */
    public long count(int code) {
        return refused[-code];
    }

    private int refuse(int code) {
        refused[-code]++;
        return code;
    }

    private int copyBack(ByteBuffer buffer, int offset, int result) {
        if (result > 0) {
            buffer.put(offset, scratch, 0, result);
        }
        return result;
    }

    /** Header, CSRCs and header extension (RFC 3550 section 5.1), or -1 when they do not fit. */
    private static int headerLength(byte[] packet, int offset, int length) {
        if (length < MIN_RTP || (packet[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int header = MIN_RTP + 4 * (packet[offset] & 0x0F);
        if ((packet[offset] & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + 4 * Octets.shortAt(packet, offset + header + 2);
        }
        return header <= length ? header : -1;
    }
}
