/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.util.List;

/**
 * One WebRTC transport of a client as session logic sees it: ICE-lite, DTLS and SRTP behind one UDP port. A participant of
 * LiveKit's protocol has two, one to publish and one to subscribe. All calls on the loop that owns the room.
 */
public interface Connection {
    /** Where the transport stands; only {@link #FAILED} and {@link #CLOSED} are final. */
    enum State {
        NEW,
        CONNECTED,
        FAILED,
        CLOSED
    }

    /** Own ICE user name fragment and password (RFC 8839 section 5.4). */
    IceCredentials localIce();

    /** SHA-256 of the own certificate, as in {@code a=fingerprint}. */
    String localFingerprint();

    /** The host candidates of the UDP port, as values of {@code a=candidate} without the prefix. */
    List<String> localCandidates();

    /**
     * What the other side's description says about its transport. A change of ICE credentials is an ICE restart; the same
     * values again change nothing.
     *
     * @param fingerprint {@code sha-256 AB:CD:...}
     * @param weAreDtlsClient true when the negotiated setup makes this side active
     */
    void remote(IceCredentials ice, String fingerprint, boolean weAreDtlsClient);

    /** New own credentials (RFC 8445 section 9); the old path stays in use until the client checks with the new ones. */
    void restartIce();

    State state();

    void close();

    /** ICE credentials of one side. Their text never gets into a log. */
    record IceCredentials(String ufrag, String password) {
        @Override
        public String toString() {
            return "(ice)";
        }
    }

    /** Told on the loop. */
    interface Listener {
        void onState(Connection connection, State state);

        /**
         * Packets came all the time, and now not even a check for some seconds: this way may be closed, and the client not know it yet.
         * Not told again before packets have come.
         */
        default void onSilence(Connection connection) {}
    }
}
