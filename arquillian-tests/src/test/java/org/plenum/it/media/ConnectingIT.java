/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.FIREFOX;
import static org.plenum.it.media.MediaStory.NATIVE;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.plenum.it.support.Meanwhile;

/** Unmodified LiveKit clients come in, stay, lose their socket, are refused. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConnectingIT {
    private static final int LAST = Integer.MAX_VALUE; // others are told meanwhile

    private static Meanwhile silentClients;
    private static Meanwhile unansweredSctp;

    @BeforeAll
    static void beginWhatTakesMinutes() {
        silentClients = MediaStory.begin(Duration.ofSeconds(150), "MEDIA-8");
        unansweredSctp = MediaStory.begin(Duration.ofSeconds(260), "MEDIA-54", CHROMIUM);
    }

    @Test
    @DisplayName(
            "MEDIA-1 two clients of one room reach connected and list each other (livekit-client 2.19.0 and 2.23.0)")
    void listEachOther() {
        tell("MEDIA-1", CHROMIUM, NEWEST);
    }

    @Test
    @DisplayName("MEDIA-1 two clients of one room reach connected and list each other (Firefox and libwebrtc)")
    void otherStacksListEachOther() {
        tell("MEDIA-1", FIREFOX, NATIVE);
    }

    @Test
    @DisplayName("MEDIA-2 a bad, expired, foreign-key or grant-less token never yields a join; validate answers 401")
    void badTokens() {
        tell("MEDIA-2");
    }

    @Test
    @DisplayName("MEDIA-3 validate with a good token answers 200 success with the CORS header")
    void validate() {
        tell("MEDIA-3");
    }

    @Test
    @DisplayName("MEDIA-5 ping_req is answered with the same timestamp within one second")
    void ping() {
        tell("MEDIA-5");
    }

    @Test
    @DisplayName("MEDIA-6 a second join with the same identity ends the first session, the others never see two")
    void duplicateIdentity() {
        tell("MEDIA-6", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-7 an oversized signaling message closes that socket and nothing else")
    void oversized() {
        tell("MEDIA-7");
    }

    @Test
    @DisplayName("MEDIA-53 TURN-only clients (UDP, TCP, TLS) connect; wrong TURN passwords do not (2.19.0, Firefox)")
    void relayed() {
        tell("MEDIA-53", CHROMIUM, FIREFOX);
    }

    @Test
    @Order(LAST)
    @DisplayName("MEDIA-8 a client that never completes ICE is removed: at once with its socket, after 60 s otherwise")
    void neverConnected() {
        silentClients.end();
    }

    @Test
    @DisplayName("MEDIA-9 v1 is not served: upgrade and validate answer 404, clients connect by fallback (2.19.0)")
    void fallback() {
        tell("MEDIA-9", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-9 v1 is not served: upgrade and validate answer 404, clients connect by fallback (2.23.0)")
    void fallbackOfTheNewest() {
        tell("MEDIA-9", NEWEST);
    }

    @Test
    @DisplayName("MEDIA-9 v1 is not served: upgrade and validate answer 404, clients connect by fallback (rtc-node)")
    void fallbackOfTheNativeClient() {
        tell("MEDIA-9", NATIVE);
    }

    @Test
    @DisplayName("MEDIA-10 a client without canSubscribe connects and receives nothing")
    void withoutSubscribe() {
        tell("MEDIA-10", CHROMIUM);
    }

    @Test
    @DisplayName(
            "MEDIA-48 a resume for an unknown session gets leave RECONNECT and the client recovers by itself (2.19.0)")
    void resume() {
        tell("MEDIA-48", CHROMIUM);
    }

    @Test
    @DisplayName(
            "MEDIA-48 a resume for an unknown session gets leave RECONNECT and the client recovers by itself (2.23.0)")
    void resumeOfTheNewest() {
        tell("MEDIA-48", NEWEST);
    }

    @Test
    @DisplayName("MEDIA-52 repeated offers, answers for old ids, candidates before descriptions: the last state wins")
    void outOfOrder() {
        tell("MEDIA-52", CHROMIUM);
    }

    @Test
    @Order(LAST)
    @DisplayName("MEDIA-54 150 s with unanswered SCTP: no connection state change")
    void withoutSctp() {
        unansweredSctp.end();
    }

    @Test
    @DisplayName("to whom UDP is closed, media comes over TCP (2.19.0 and Firefox)")
    void overTcp() {
        tell("over-tcp", CHROMIUM, FIREFOX);
    }

    @Test
    @DisplayName("when UDP is closed in the middle of a call, it goes on over TCP")
    void udpClosed() {
        tell("udp-closed", CHROMIUM);
    }
}
