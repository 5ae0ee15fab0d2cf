/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Writes one STUN message after the other into buffers of the caller (RFC 8489 section 5). One instance a loop. The order
 * is begin, attributes, {@link #integrity}, {@link #end}; the buffer needs {@link #MAX_LENGTH} octets of room.
 */
public final class StunWriter {
    /** No message written here is longer, whatever its attributes. */
    public static final int MAX_LENGTH = 512;

    private final CRC32 crc = new CRC32();
    private final byte[] scratch = new byte[MAX_LENGTH];
    private final byte[] transactionId = new byte[12];
    private final byte[] tag = new byte[20];
    private ByteBuffer out;

    /** Begins an answer: the transaction id is that of the request. The buffer is cleared. */
    public StunWriter begin(ByteBuffer out, int type, StunView request) {
        request.transactionId(transactionId);
        return begin(out, type, transactionId);
    }

    /** @param transactionId 12 octets */
    public StunWriter begin(ByteBuffer out, int type, byte[] transactionId) {
        this.out = out.clear();
        out.putShort((short) type).putShort((short) 0).putInt(StunView.MAGIC_COOKIE);
        out.put(transactionId, 0, 12);
        return this;
    }

    /**
     * XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).
     *
     * @param address 4 or 16 octets
     * @param port 0 to 65535
     */
    public StunWriter xorMappedAddress(byte[] address, int port) {
        return xorAddress(StunView.XOR_MAPPED_ADDRESS, address, port);
    }

    /**
     * Any attribute of that form.
     *
     * @param address 4 or 16 octets
     * @param port 0 to 65535
     */
    public StunWriter xorAddress(int type, byte[] address, int port) {
        head(type, 4 + address.length);
        out.putShort((short) (address.length == 4 ? 1 : 2));
        out.putShort((short) (port ^ StunView.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            out.put((byte) (address[i] ^ out.get(4 + i))); // cookie and transaction id of this message
        }
        return this;
    }

    /** ERROR-CODE without a reason phrase: an answer must not outgrow an unauthenticated request. */
    public StunWriter errorCode(int code) {
        return integer(StunView.ERROR_CODE, code / 100 << 8 | code % 100);
    }

    /** UNKNOWN-ATTRIBUTES: what the request required and we do not know (RFC 8489 section 14.13). */
    public StunWriter unknownAttributes(StunView request) {
        int count = request.unknownRequired();
        head(StunView.UNKNOWN_ATTRIBUTES, 2 * count);
        for (int i = 0; i < count; i++) {
            out.putShort((short) request.unknownRequired(i));
        }
        return pad();
    }

    /** @param username at most 256 octets */
    public StunWriter username(byte[] username) {
        return octets(StunView.USERNAME, username);
    }

    /** Any attribute of four octets. */
    public StunWriter integer(int type, int value) {
        head(type, 4);
        out.putInt(value);
        return this;
    }

    /** Any attribute. @param value at most 256 octets */
    public StunWriter octets(int type, byte[] value) {
        head(type, value.length);
        out.put(value);
        return pad();
    }

    /** @param priority 0 to 2^32 - 1 */
    public StunWriter priority(long priority) {
        head(StunView.PRIORITY, 4);
        out.putInt((int) priority);
        return this;
    }

    public StunWriter useCandidate() {
        head(StunView.USE_CANDIDATE, 0);
        return this;
    }

    public StunWriter iceControlling(long tieBreaker) {
        head(StunView.ICE_CONTROLLING, 8);
        out.putLong(tieBreaker);
        return this;
    }

    public StunWriter iceControlled(long tieBreaker) {
        head(StunView.ICE_CONTROLLED, 8);
        out.putLong(tieBreaker);
        return this;
    }

    /** MESSAGE-INTEGRITY over all that was written so far. */
    public StunWriter integrity(StunIntegrity key) {
        int size = textWithLength(24);
        key.sign(scratch, size, tag);
        head(StunView.MESSAGE_INTEGRITY, 20);
        out.put(tag);
        return this;
    }

    /** Adds FINGERPRINT and the length. The buffer is then ready to be sent from 0 to its limit. */
    public void end() {
        int size = textWithLength(8);
        crc.reset();
        crc.update(scratch, 0, size);
        head(StunView.FINGERPRINT, 4);
        out.putInt((int) crc.getValue() ^ StunView.FINGERPRINT_XOR);
        out.putShort(2, (short) (out.position() - StunView.HEADER_LENGTH));
        out.flip();
        out = null; // the buffer is the caller's again
    }

    /** Copies the message so far, its length field already counting the attribute that comes next. */
    private int textWithLength(int next) {
        int size = out.position();
        out.putShort(2, (short) (size + next - StunView.HEADER_LENGTH));
        out.get(0, scratch, 0, size);
        return size;
    }

    private void head(int type, int size) {
        out.putShort((short) type).putShort((short) size);
    }

    private StunWriter pad() {
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }
}
