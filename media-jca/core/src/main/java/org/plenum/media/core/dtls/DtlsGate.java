/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.dtls;

import java.nio.ByteBuffer;

/**
 * Looks at the records of a datagram before the DTLS stack does (RFC 6347 section 4.1, handshake header section 4.2.2), so
 * that what cannot be good costs nothing, and bounds what one handshake may cost. One instance an association, which it
 * outlives by nothing. Answers only with yes or no, allocates nothing, throws nothing.
 *
 * <pre>
 *   record      type(1) version(2) epoch(2) sequence number(6) length(2)
 *   handshake   type(1) length(3) message number(2) fragment offset(3) fragment length(3)
 * </pre>
 *
 * <p>Fragments are let pass in any order; putting them together is the stack's business. DTLS 1.3 records are not served: we
 * answer with 1.2.
 */
public final class DtlsGate {
    /** Datagrams let pass until the handshake is finished; a bad path needs about 40. */
    public static final int MAX_HANDSHAKE_DATAGRAMS = 256;
    /** Octets a handshake message may claim to have: the claimed size is what a stack allocates. */
    public static final int MAX_MESSAGE = 16 * 1024;

    private static final int RECORD_HEADER = 13;
    private static final int HANDSHAKE_HEADER = 12;
    private static final int MAX_RECORD = (1 << 14) + 2048; // RFC 5246 section 6.2.3
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int HELLO_REQUEST = 0;
    private static final int CLIENT_HELLO = 1;

    private boolean running; // a handshake has begun
    private boolean finished;
    private int datagrams;
    private int helloLength = -1;

    /** @param client true when we are the DTLS client: then the handshake runs from the start. */
    public DtlsGate(boolean client) {
        running = client;
    }

    /** The handshake is finished: from now on nothing in clear may end the association. */
    public void established() {
        finished = true;
    }

    /** @return false when the datagram is to be dropped and counted. */
    public boolean admit(ByteBuffer buffer, int offset, int length) {
        if (!finished && datagrams >= MAX_HANDSHAKE_DATAGRAMS) {
            return false;
        }
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (end - at < RECORD_HEADER) {
                return false;
            }
            int size = shortAt(buffer, at + 11);
            int version = shortAt(buffer, at + 1);
            if (version != 0xFEFF && version != 0xFEFD // 1.0, which a first hello says, and 1.2
                    || size == 0
                    || size > MAX_RECORD
                    || size > end - at - RECORD_HEADER
                    || !admitRecord(buffer, at, size)) {
                return false;
            }
            at += RECORD_HEADER + size;
        }
        if (length == 0) {
            return false;
        }
        running = true;
        datagrams += finished ? 0 : 1;
        return true;
    }

    private boolean admitRecord(ByteBuffer buffer, int at, int size) {
        int epoch = shortAt(buffer, at + 3);
        int type = buffer.get(at) & 0xFF;
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
            return false;
        }
        if (epoch > 0) {
            return running; // encrypted: only the stack can judge it
        }
        if (type == HANDSHAKE) {
            return admitMessages(buffer, at + RECORD_HEADER, size);
        }
        // in clear an alert may end a running handshake but nothing else, and data is never in clear; a late
        // ChangeCipherSpec belongs to a last flight that is sent again
        return type == CHANGE_CIPHER_SPEC ? running && size == 1 : type == ALERT && running && !finished;
    }

    private boolean admitMessages(ByteBuffer buffer, int start, int size) {
        int end = start + size;
        for (int at = start; at < end; ) {
            if (end - at < HANDSHAKE_HEADER) {
                return false;
            }
            int type = buffer.get(at) & 0xFF;
            int message = mediumAt(buffer, at + 1);
            int fragmentOffset = mediumAt(buffer, at + 6);
            int fragment = mediumAt(buffer, at + 9);
            if (fragment > end - at - HANDSHAKE_HEADER
                    || message > MAX_MESSAGE
                    || fragmentOffset + fragment > message
                    || type == HELLO_REQUEST
                    || !running && !admitHello(type, shortAt(buffer, at + 4), message)) {
                return false;
            }
            if (type == CLIENT_HELLO && shortAt(buffer, at + 4) == 0) {
                if (helloLength >= 0 && helloLength != message) {
                    return false; // fragments of one message that disagree
                }
                helloLength = message;
            }
            at += HANDSHAKE_HEADER + fragment;
        }
        return true;
    }

    /** A handshake with a server begins with message 0 of the client, its hello. */
    private static boolean admitHello(int type, int messageNumber, int message) {
        return type == CLIENT_HELLO && messageNumber == 0 && message > 0;
    }

    private static int shortAt(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static int mediumAt(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xFF) << 16 | shortAt(buffer, at + 1);
    }
}
