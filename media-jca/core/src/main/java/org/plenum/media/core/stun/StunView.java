/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A movable window on one STUN message in somebody else's buffer (RFC 8489 section 5). One instance a loop, re-pointed at
 * every message, never kept. {@link #wrap} checks all lengths, so the getters cannot leave the message.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |0 0|     STUN Message Type     |         Message Length        |
 *  |                         Magic Cookie                          |
 *  |                     Transaction ID (96 bits)                  |
 * </pre>
 */
public final class StunView {
    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;
    public static final int ABSENT = -1;
    public static final int HEADER_LENGTH = 20;
    /** Longer messages are refused: a check of a browser has about 100 octets. */
    public static final int MAX_LENGTH = 1500;

    public static final int MAGIC_COOKIE = 0x2112A442;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;
    static final int FINGERPRINT_XOR = 0x5354554E; // RFC 8489 section 14.7
    static final int TRANSACTION_ID_AT = 8;

    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_USERNAME = 508; // RFC 8489 section 14.3
    private static final int MAX_UNKNOWN = 8; // as many as one answer names

    private final CRC32 crc = new CRC32();
    private final byte[] scratch = new byte[MAX_LENGTH];
    private final int[] unknown = new int[MAX_UNKNOWN];
    private final int[] alsoKnown;
    private ByteBuffer buffer;
    private int offset;
    private int length;
    // where the attributes' values begin, relative to the message; ABSENT without one
    private int username;
    private int usernameLength;
    private int integrity;
    private int fingerprint;
    private int priority;
    private int useCandidate;
    private int controlled;
    private int controlling;
    private int mappedAddress;
    private int error;
    private int unknownCount;

    /** @param alsoKnown types of attributes that the caller understands and reads with {@link #attribute} */
    public StunView(int... alsoKnown) {
        this.alsoKnown = alsoKnown.clone();
    }

    /** @return false when this is no well-formed STUN message: the caller counts and drops it. */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        if (length < HEADER_LENGTH
                || length > MAX_LENGTH
                || (buffer.get(offset) & 0xC0) != 0
                || buffer.getInt(offset + 4) != MAGIC_COOKIE
                || Short.toUnsignedInt(buffer.getShort(offset + 2)) != length - HEADER_LENGTH
                || length % 4 != 0) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        username = integrity = fingerprint = priority = useCandidate = ABSENT;
        controlled = controlling = mappedAddress = error = ABSENT;
        usernameLength = unknownCount = 0;
        return readAttributes();
    }

    private boolean readAttributes() {
        int count = 0;
        for (int at = HEADER_LENGTH; at < length; ) {
            int type = shortAt(at); // the length is a multiple of 4, so the head of an attribute is always there
            int size = shortAt(at + 2);
            int value = at + 4;
            at = value + (size + 3 & ~3); // what the padding holds does not matter (RFC 8489 section 14)
            if (at > length || ++count > MAX_ATTRIBUTES || fingerprint != ABSENT) { // nothing may follow FINGERPRINT
                return false;
            }
            // RFC 8489 section 14.5: what follows MESSAGE-INTEGRITY is not protected by it and does not exist
            if ((integrity == ABSENT || type == FINGERPRINT) && !note(type, value, size)) {
                return false;
            }
        }
        return true;
    }

    /** Of an attribute that comes twice the first counts (RFC 8489 section 14). */
    private boolean note(int type, int value, int size) {
        switch (type) {
            case USERNAME -> {
                if (username == ABSENT) {
                    username = value;
                    usernameLength = size;
                }
                return size <= MAX_USERNAME;
            }
            case MESSAGE_INTEGRITY -> {
                integrity = value;
                return size == 20;
            }
            case FINGERPRINT -> {
                fingerprint = value;
                return size == 4;
            }
            case PRIORITY -> {
                priority = first(priority, value);
                return size == 4;
            }
            case USE_CANDIDATE -> {
                useCandidate = first(useCandidate, value);
                return size == 0;
            }
            case ICE_CONTROLLED -> {
                controlled = first(controlled, value);
                return size == 8;
            }
            case ICE_CONTROLLING -> {
                controlling = first(controlling, value);
                return size == 8;
            }
            case XOR_MAPPED_ADDRESS -> {
                mappedAddress = first(mappedAddress, value);
                return size == 8 && buffer.get(offset + value + 1) == 1
                        || size == 20 && buffer.get(offset + value + 1) == 2;
            }
            case ERROR_CODE -> {
                error = first(error, value);
                return size >= 4;
            }
            default -> {
                noteUnknown(type);
                return true;
            }
        }
    }

    private void noteUnknown(int type) {
        if (type < 0x8000 && type != UNKNOWN_ATTRIBUTES && unknownCount < MAX_UNKNOWN && !isAlsoKnown(type)) {
            unknown[unknownCount++] = type;
        }
    }

    private boolean isAlsoKnown(int type) {
        for (int known : alsoKnown) {
            if (known == type) {
                return true;
            }
        }
        return false;
    }

    private static int first(int known, int value) {
        return known == ABSENT ? value : known;
    }

    /** Class and method as on the wire, for instance {@link #BINDING_REQUEST}. */
    public int type() {
        return shortAt(0);
    }

    /** Octets of the whole message. */
    public int length() {
        return length;
    }

    public boolean hasUsername() {
        return username != ABSENT;
    }

    /**
     * @param local what must stand before the colon
     * @param remote what must stand behind it, or null when that is not known yet
     */
    public boolean usernameIs(byte[] local, byte[] remote) {
        if (usernameLength <= local.length
                || !matches(username, local)
                || buffer.get(offset + username + local.length) != ':') {
            return false;
        }
        return remote == null
                || usernameLength == local.length + 1 + remote.length && matches(username + local.length + 1, remote);
    }

    /** The part of USERNAME before the colon, which names the receiver of a check (RFC 8445 section 7.2.2). */
    public String localUfrag() {
        for (int i = 0; i < usernameLength; i++) {
            if (buffer.get(offset + username + i) == ':') {
                buffer.get(offset + username, scratch, 0, i);
                return new String(scratch, 0, i, StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    public boolean hasIntegrity() {
        return integrity != ABSENT;
    }

    /** Copies the 20 octets of MESSAGE-INTEGRITY; only with {@link #hasIntegrity}. */
    void integrity(byte[] target) {
        buffer.get(offset + integrity, target, 0, 20);
    }

    /**
     * Copies what MESSAGE-INTEGRITY was computed over, with the length field as it was then (RFC 8489 section 14.5).
     *
     * @return the number of octets
     */
    int integrityText(byte[] target) {
        int size = integrity - 4;
        copyWithLength(target, size, integrity + 20 - HEADER_LENGTH);
        return size;
    }

    public boolean hasFingerprint() {
        return fingerprint != ABSENT;
    }

    /** @return false without FINGERPRINT, too: every message of ICE carries one (RFC 8445 section 7). */
    public boolean fingerprintIsRight() {
        if (fingerprint == ABSENT) {
            return false;
        }
        copyWithLength(scratch, fingerprint - 4, length - HEADER_LENGTH);
        crc.reset();
        crc.update(scratch, 0, fingerprint - 4);
        return ((int) crc.getValue() ^ FINGERPRINT_XOR) == buffer.getInt(offset + fingerprint);
    }

    /** @return PRIORITY, 0 to 2^32 - 1, or {@link #ABSENT}. */
    public long priority() {
        return priority == ABSENT ? ABSENT : Integer.toUnsignedLong(buffer.getInt(offset + priority));
    }

    public boolean useCandidate() {
        return useCandidate != ABSENT;
    }

    /** The sender takes itself for the controlled side. */
    public boolean iceControlled() {
        return controlled != ABSENT;
    }

    /** The sender takes itself for the controlling side. */
    public boolean iceControlling() {
        return controlling != ABSENT;
    }

    /** The sender's tie-breaker, an unsigned number; 0 without a role attribute. */
    public long tieBreaker() {
        int at = controlling == ABSENT ? controlled : controlling;
        return at == ABSENT ? 0 : buffer.getLong(offset + at);
    }

    /** How many attributes the sender requires us to understand and we do not: at most 8 are remembered. */
    public int unknownRequired() {
        return unknownCount;
    }

    /** @param index below {@link #unknownRequired} */
    public int unknownRequired(int index) {
        return unknown[index];
    }

    /** @return 300 to 699, or {@link #ABSENT}. */
    public int errorCode() {
        return error == ABSENT
                ? ABSENT
                : 100 * (buffer.get(offset + error + 2) & 7) + (buffer.get(offset + error + 3) & 0xFF);
    }

    /** @return the port of XOR-MAPPED-ADDRESS, or {@link #ABSENT}. */
    public int mappedPort() {
        return mappedAddress == ABSENT ? ABSENT : shortAt(mappedAddress + 2) ^ MAGIC_COOKIE >>> 16;
    }

    /** @return the 4 or 16 octets of XOR-MAPPED-ADDRESS, none without it. */
    public byte[] mappedAddress() {
        if (mappedAddress == ABSENT) {
            return new byte[0];
        }
        byte[] address = new byte[buffer.get(offset + mappedAddress + 1) == 1 ? 4 : 16];
        for (int i = 0; i < address.length; i++) { // the mask is cookie and transaction id
            address[i] = (byte) (buffer.get(offset + mappedAddress + 4 + i) ^ buffer.get(offset + 4 + i));
        }
        return address;
    }

    /** Copies the 12 octets of the transaction id. */
    public void transactionId(byte[] target) {
        buffer.get(offset + TRANSACTION_ID_AT, target, 0, 12);
    }

    // ---- what other methods than Binding carry

    /** @return where the value of the first attribute of this type is, or {@link #ABSENT} */
    public int attribute(int type) {
        return attribute(type, HEADER_LENGTH);
    }

    /**
     * The same behind one that was found.
     *
     * @param after the value of an attribute
     */
    public int nextAttribute(int type, int after) {
        return attribute(type, after + (size(after) + 3 & ~3));
    }

    /** What follows MESSAGE-INTEGRITY is not protected by it and does not exist. */
    private int attribute(int type, int from) {
        int end = integrity == ABSENT ? length : integrity - 4;
        for (int at = from; at < end; at += 4 + (shortAt(at + 2) + 3 & ~3)) {
            if (shortAt(at) == type) {
                return at + 4;
            }
        }
        return ABSENT;
    }

    /** @param at the value of an attribute @return its octets without padding */
    public int size(int at) {
        return shortAt(at - 2);
    }

    /** @param at a place within an attribute's value @return the octet there, 0 to 255 */
    public int octet(int at) {
        return buffer.get(offset + at) & 0xFF;
    }

    /** @return two octets as an unsigned number */
    public int unsignedShort(int at) {
        return shortAt(at);
    }

    /** @return four octets as a number */
    public int integer(int at) {
        return buffer.getInt(offset + at);
    }

    /** @param at the value of an attribute @return a copy of it */
    public byte[] octets(int at) {
        byte[] octets = new byte[size(at)];
        buffer.get(offset + at, octets);
        return octets;
    }

    /** @return the user name, empty without one */
    public byte[] username() {
        return username == ABSENT ? new byte[0] : octets(username);
    }

    /** Whether the address at this place has this family, port aside, and these octets behind its mask. */
    public boolean isXorAddress(int at, byte[] address) {
        if (size(at) != 4 + address.length || octet(at + 1) != (address.length == 4 ? 1 : 2)) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < address.length; i++) {
            difference |= buffer.get(offset + at + 4 + i) ^ buffer.get(offset + 4 + i) ^ address[i];
        }
        return difference == 0;
    }

    /** @return the port of the address at this place, behind its mask */
    public int xorPort(int at) {
        return shortAt(at + 2) ^ MAGIC_COOKIE >>> 16;
    }

    /** @return where the value begins in the buffer that was wrapped */
    public int position(int at) {
        return offset + at;
    }

    private void copyWithLength(byte[] target, int size, int lengthField) {
        buffer.get(offset, target, 0, size);
        target[2] = (byte) (lengthField >> 8);
        target[3] = (byte) lengthField;
    }

    private boolean matches(int at, byte[] expected) {
        buffer.get(offset + at, scratch, 0, expected.length);
        return Arrays.equals(scratch, 0, expected.length, expected, 0, expected.length);
    }

    private int shortAt(int at) {
        return Short.toUnsignedInt(buffer.getShort(offset + at));
    }
}
