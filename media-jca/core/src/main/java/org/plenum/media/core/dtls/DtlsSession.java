/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.dtls;

import java.nio.ByteBuffer;
import org.plenum.media.core.srtp.SrtpProfile;

/**
 * One DTLS association (RFC 5764), as seen from the loop that owns the peer. Whoever implements it may compute elsewhere,
 * but is called, and calls back, on that loop only. Retransmission of lost flights is the implementation's business.
 */
public interface DtlsSession {
    /**
     * A datagram of kind DTLS from a path that ICE has validated and {@link DtlsGate} has let pass.
     *
     * @param datagram read from its position to its limit before the call returns, not kept
     */
    void receive(ByteBuffer datagram);

    /** Sends close_notify if there is anybody to tell, and ends. No call to the listener follows. May be called twice. */
    void close();

    /** Why there is no association, or no longer. */
    enum Failure {
        /** The handshake was refused by one side, or no common SRTP profile was found. */
        REFUSED,
        /** The handshake did not end in time. */
        TIMED_OUT,
        /** The other side said goodbye (close_notify), or reported an error after the handshake. */
        CLOSED_BY_PEER,
        /** A fault of our own. */
        INTERNAL
    }

    /** Told on the loop that owns the peer. */
    interface Listener {
        /** @param datagram to be sent over the selected path as it is; valid during the call */
        void send(ByteBuffer datagram);

        /**
         * The handshake is finished. The listener must compare the certificate with the signaled fingerprint before it
         * trusts the keys, and close the session when they differ.
         *
         * @param keyingMaterial exported with label {@code EXTRACTOR-dtls_srtp} (RFC 5764 section 4.2), {@link
         *     SrtpProfile#keyingMaterialLength} octets
         * @param peerCertificate the first certificate presented, DER
         */
        void connected(SrtpProfile profile, byte[] keyingMaterial, byte[] peerCertificate);

        /** Called at most once, nothing follows. */
        void failed(Failure reason);
    }

    /** Opens associations under the certificate of this server. */
    interface Factory {
        /** Of the certificate that all sessions present. */
        Fingerprint localFingerprint();

        /**
         * Starts a handshake: as client it sends its hello at once, as server it waits for one.
         *
         * @param client true when this side is {@code active} (RFC 8842 section 5)
         */
        DtlsSession open(boolean client, Listener listener);
    }
}
