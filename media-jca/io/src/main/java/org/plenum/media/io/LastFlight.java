/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.nio.ByteBuffer;

/**
 * Keeps a client's change_cipher_spec back until its CertificateVerify has come. BouncyCastle follows a change_cipher_spec at once and
 * then reads no more of the old epoch, so that a last flight in several datagrams of which a middle one is lost could never be
 * completed by its repetition (RFC 6347 section 4.2.4). Belongs to the loop.
 */
final class LastFlight {
    private static final int RECORD_HEADER = 13; // RFC 6347 section 4.1
    private static final int TYPE_CHANGE_CIPHER_SPEC = 20;
    private static final int TYPE_HANDSHAKE = 22;
    private static final int CERTIFICATE_VERIFY = 15; // RFC 5246 section 7.4

    private boolean verified;

    /** @param datagram looked at from its position, left as it is. @return false for one that came too early */
    boolean lets(ByteBuffer datagram) {
        int at = datagram.position();
        boolean changes = false;
        while (!verified && datagram.limit() - at > RECORD_HEADER) {
            int type = datagram.get(at);
            int epoch = Short.toUnsignedInt(datagram.getShort(at + 3));
            changes |= type == TYPE_CHANGE_CIPHER_SPEC;
            verified = type == TYPE_HANDSHAKE && epoch == 0 && datagram.get(at + RECORD_HEADER) == CERTIFICATE_VERIFY;
            at += RECORD_HEADER + Short.toUnsignedInt(datagram.getShort(at + 11));
        }
        return verified || !changes;
    }
}
