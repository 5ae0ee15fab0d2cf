/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first octets of a connection say about the rest. Reads without taking anything away.
 *
 * @param kind of what follows
 * @param protocols ALPN of a ClientHello (RFC 7301), empty without any
 */
record FirstBytes(Kind kind, List<String> protocols) {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEAD = 5;
    private static final int HELLO_HEAD = 4;
    private static final int MOST_RECORD = 16 << 10;
    private static final int ALPN = 16;
    private static final int STUN_HEAD = 8;
    private static final int MAGIC_COOKIE = 0x2112A442; // RFC 8489 section 5

    enum Kind {
        /** Not enough has come. */
        INCOMPLETE,
        /** A whole ClientHello. */
        TLS,
        STUN,
        /** What begins with a capital letter, as every method of HTTP does. */
        HTTP,
        NONSENSE
    }

    private static FirstBytes of(Kind kind) {
        return new FirstBytes(kind, List.of());
    }

    static FirstBytes of(ByteBuf in) {
        int at = in.readerIndex();
        int length = in.readableBytes();
        if (length == 0) {
            return of(Kind.INCOMPLETE);
        }
        int first = in.getUnsignedByte(at);
        if (first == HANDSHAKE) {
            return hello(in, at, length);
        }
        if (first < 4) {
            if (length < STUN_HEAD) {
                return of(Kind.INCOMPLETE);
            }
            return of(in.getInt(at + 4) == MAGIC_COOKIE ? Kind.STUN : Kind.NONSENSE);
        }
        return of(first >= 'A' && first <= 'Z' ? Kind.HTTP : Kind.NONSENSE);
    }

    /** A ClientHello in one record, as every client sends it (RFC 8446 sections 4.1.2 and 5.1). */
    private static FirstBytes hello(ByteBuf in, int at, int length) {
        if (length < RECORD_HEAD) {
            return of(Kind.INCOMPLETE);
        }
        int record = in.getUnsignedShort(at + 3);
        if (in.getUnsignedByte(at + 1) != 3 || record < HELLO_HEAD || record > MOST_RECORD) {
            return of(Kind.NONSENSE);
        }
        if (length < RECORD_HEAD + record) {
            return of(Kind.INCOMPLETE);
        }
        ByteBuf hello = in.slice(at + RECORD_HEAD, record);
        try {
            return parse(hello);
        } catch (IndexOutOfBoundsException cutOff) {
            return of(Kind.NONSENSE);
        }
    }

    private static FirstBytes parse(ByteBuf hello) {
        if (hello.readUnsignedByte() != CLIENT_HELLO) {
            return of(Kind.NONSENSE);
        }
        ByteBuf body = hello.readSlice(hello.readUnsignedMedium());
        body.skipBytes(2 + 32); // version, random
        body.skipBytes(body.readUnsignedByte()); // session
        body.skipBytes(body.readUnsignedShort()); // cipher suites
        body.skipBytes(body.readUnsignedByte()); // compression
        List<String> protocols = new ArrayList<>();
        ByteBuf extensions = body.isReadable() ? body.readSlice(body.readUnsignedShort()) : body;
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf value = extensions.readSlice(extensions.readUnsignedShort());
            if (type == ALPN) {
                value.skipBytes(2);
                while (value.isReadable()) {
                    protocols.add(text(value, value.readUnsignedByte()));
                }
            }
        }
        return new FirstBytes(Kind.TLS, List.copyOf(protocols));
    }

    private static String text(ByteBuf in, int length) {
        return in.readSlice(length).toString(StandardCharsets.US_ASCII);
    }
}
