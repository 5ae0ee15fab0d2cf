/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

/** Methods and attributes of RFC 8656 sections 17 and 18, as they are on the wire. */
final class Turn {
    static final int ALLOCATE = 0x0003;
    static final int REFRESH = 0x0004;
    static final int SEND = 0x0016; // an indication
    static final int DATA_INDICATION = 0x0017;
    static final int CREATE_PERMISSION = 0x0008;
    static final int CHANNEL_BIND = 0x0009;
    static final int SUCCESS = 0x0100;
    static final int ERROR = 0x0110;

    static final int CHANNEL_NUMBER = 0x000C;
    static final int LIFETIME = 0x000D;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int EVEN_PORT = 0x0018;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int DONT_FRAGMENT = 0x001A;
    static final int RESERVATION_TOKEN = 0x0022;

    /** Those that a message may require us to understand. */
    static final int[] KNOWN = {
        CHANNEL_NUMBER,
        LIFETIME,
        XOR_PEER_ADDRESS,
        DATA,
        REALM,
        NONCE,
        XOR_RELAYED_ADDRESS,
        REQUESTED_ADDRESS_FAMILY,
        EVEN_PORT,
        REQUESTED_TRANSPORT,
        DONT_FRAGMENT,
        RESERVATION_TOKEN
    };

    private Turn() {}
}
