/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc;
import livekit.LivekitRtc.RequestResponse.Reason;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SimulcastCodec;
import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.TrackPermission;
import livekit.LivekitRtc.UpdateDataSubscription;
import livekit.LivekitRtc.UpdateSubscription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.MediaRoomId;

class LimitsTest {
    private static final int MUTATIONS = Integer.getInteger("plenum.fuzz.mutations", 300);
    private static final SignalLimits SMALL = new SignalLimits(2, 3, 4, 2, 5, 10_000, 2);

    private final Meeting meeting = new Meeting(SMALL);
    private final TestClient alice = meeting.joins("alice");

    private TestClient into(String room) {
        AccessRequest request = new AccessRequest(
                new MediaRoomId(room), "someone", "", Set.of(), true, true, false, Duration.ofSeconds(32));
        return meeting.arrives(meeting.entrance.accessToken(request, meeting.wallMs()), Map.of());
    }

    @Test
    void rooms() {
        assertEquals(0, into("second").closeCode);
        TestClient third = into("third");
        assertEquals(1013, third.closeCode);
        assertEquals(2, meeting.gauge("rooms"));
    }

    @Test
    void sessionsInARoom() {
        meeting.joins("bob");
        meeting.joins("carol");
        assertEquals(1013, meeting.arrives("dave").closeCode);
        assertEquals(0, meeting.joins("carol").closeCode, "who is in may come again");
        assertEquals(3, meeting.gauge("sessions"));
    }

    @Test
    void pendingTracks() {
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "1"));
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "2"));
        assertEquals(List.of(), alice.all(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse));
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "3"));
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        assertEquals(1, meeting.counter("tracks_refused"));
    }

    @Test
    void tracksOfAParticipant() {
        for (int i = 0; i < 4; i++) {
            alice.publishes(TrackSource.MICROPHONE, "cid" + i);
        }
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "5"));
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        assertEquals(4, meeting.gauge("tracks"));
    }

    @Test
    void textsAndListsOfATrack() {
        String endless = "x".repeat(257);
        alice.announces(TestClient.request(TrackSource.MICROPHONE, endless));
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "m").setName(endless));
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "m").setStream(endless));
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        var codecs = TestClient.request(TrackSource.CAMERA, "m");
        for (int i = 0; i < 9; i++) {
            codecs.addSimulcastCodecs(SimulcastCodec.newBuilder().setCid("c" + i));
        }
        alice.announces(codecs);
        assertEquals(Reason.LIMIT_EXCEEDED, refusal());
        alice.announces(TestClient.request(TrackSource.CAMERA, "m").setSid("TR_VCother"));
        assertEquals(Reason.UNSUPPORTED_TYPE, refusal());
    }

    private Reason refusal() {
        return alice.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                .getReason();
    }

    @Test
    void sectionsOfAnOffer() {
        alice.offer().receivesUnused(5, true);
        alice.offers();
        assertEquals(1, meeting.counter("descriptions_refused"));
        assertEquals(List.of(), alice.all(MessageCase.ANSWER, SignalResponse::getAnswer));
    }

    @Test
    void subscriptions() {
        TestClient bob = meeting.joins("bob");
        for (int i = 0; i < 3; i++) {
            alice.publishes(TrackSource.MICROPHONE, "cid" + i);
        }
        meeting.after(500);
        assertEquals(2, bob.receives().size());
        assertEquals(1, meeting.counter("subscriptions_refused"));
    }

    @Test
    void wishes() {
        UpdateSubscription.Builder many = UpdateSubscription.newBuilder().setSubscribe(true);
        for (int i = 0; i < 201; i++) {
            many.addTrackSids("TR_" + i);
        }
        alice.sends(SignalRequest.newBuilder().setSubscription(many));
        assertEquals(1, alice.all(MessageCase.SUBSCRIPTION_RESPONSE, r -> r).size());
        meeting.after(60_000);
        assertEquals(201, alice.all(MessageCase.SUBSCRIPTION_RESPONSE, r -> r).size());
    }

    @Test
    void permissions() {
        TrackPermission.Builder entry = TrackPermission.newBuilder();
        for (int i = 0; i < 2000; i++) {
            entry.addTrackSids("T");
        }
        alice.sends(SignalRequest.newBuilder()
                .setSubscriptionPermission(SubscriptionPermission.newBuilder().addTrackPermissions(entry)));
        assertEquals(1, meeting.counter("requests_refused"));
    }

    @Test
    void refusedIdsAreForgottenInTime() {
        TestClient guest = meeting.arrives(meeting.token("guest", Set.of(), true, false), Map.of());
        for (int i = 0; i < 1000; i++) {
            guest.announces(TestClient.request(TrackSource.CAMERA, "cid" + i));
        }
        assertEquals(1000, meeting.counter("tracks_refused"));
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SignalLimits(1, 1, 1, 1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> SignalConfig.of("key", "short"));
    }

    @Test
    @DisplayName("MEDIA-7 an oversized message closes that socket and nothing else")
    void oversized() {
        TestClient bob = meeting.joins("bob");
        alice.sends(new byte[10_000]);
        assertEquals(0, alice.closeCode);
        alice.sends(new byte[10_001]);

        assertEquals(1009, alice.closeCode);
        assertTrue(bob.sees("alice").isEmpty());
        assertEquals(0, bob.closeCode);
        assertEquals(1, meeting.counter("messages_too_large"));
    }

    @Test
    @DisplayName("messages full of empty parts, and parts within parts, are read in a moment")
    void bombs() {
        Meeting usual = new Meeting();
        TestClient client = usual.joins("client");
        UpdateDataSubscription.Builder layers = UpdateDataSubscription.newBuilder();
        for (int i = 0; i < 120_000; i++) {
            layers.addUpdates(UpdateDataSubscription.Update.getDefaultInstance());
        }
        byte[] wide = SignalRequest.newBuilder()
                .setUpdateDataSubscription(layers)
                .build()
                .toByteArray();
        byte[] deep = new byte[200_000]; // groups within groups, of an unknown field
        java.util.Arrays.fill(deep, (byte) (15 << 3 | 3));
        String lines = "v=0\r\n" + "a=x\r\n".repeat(30_000);
        SignalRequest.Builder offer = SignalRequest.newBuilder()
                .setOffer(LivekitRtc.SessionDescription.newBuilder().setSdp(lines));
        long start = System.nanoTime();
        client.sends(wide);
        client.sends(deep);
        client.sends(offer);

        assertTrue(System.nanoTime() - start < 2_000_000_000L, "took too long");
        assertEquals(1, usual.counter("messages_unreadable"));
        assertEquals(1, usual.counter("messages_ignored"));
        assertEquals(1, usual.counter("descriptions_refused"));
        assertEquals(0, client.closeCode);
    }

    @Test
    @DisplayName("changed requests harm nobody else: no exception escapes, and others are answered as before")
    void mutations() {
        int sent = 0;
        for (int seed = 1; sent < MUTATIONS; seed++) {
            sent += assertDoesNotThrow(new Mutated(seed)::play, "seed " + seed);
        }
    }

    /** A meeting in which mallory sends one request of every kind, each changed at some places. */
    private record Mutated(int seed) {
        /** @return requests sent */
        int play() {
            Random random = new Random(seed);
            Meeting usual = new Meeting();
            TestClient bob = usual.joins("bob");
            TestClient mallory = usual.joins("mallory");
            mallory.publishes(TrackSource.CAMERA);
            usual.after(200);
            List<SignalRequest> requests = samples(mallory);
            for (SignalRequest request : requests) {
                byte[] message = request.toByteArray();
                int changes = 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    message[random.nextInt(message.length)] = (byte) random.nextInt(256);
                }
                mallory.sends(message);
                usual.after(random.nextInt(400));
            }
            bob.forget();
            bob.sends(SignalRequest.newBuilder().setPing(1));
            assertTrue(bob.kinds().contains(MessageCase.PONG), "bob is answered");
            return requests.size();
        }
    }

    private static List<SignalRequest> samples(TestClient client) {
        List<SignalRequest> samples = new ArrayList<>();
        samples.add(SignalRequest.newBuilder()
                .setAddTrack(TestClient.request(TrackSource.CAMERA, "cid")
                        .setWidth(1280)
                        .setHeight(720)
                        .addLayers(livekit.LivekitModels.VideoLayer.newBuilder().setHeight(180))
                        .addSimulcastCodecs(
                                SimulcastCodec.newBuilder().setCodec("vp8").setCid("cid")))
                .build());
        client.offer().sendsLayers("cid");
        samples.add(SignalRequest.newBuilder()
                .setOffer(LivekitRtc.SessionDescription.newBuilder()
                        .setType("offer")
                        .setId(2)
                        .setSdp(client.offer().text()))
                .build());
        samples.add(SignalRequest.newBuilder()
                .setAnswer(LivekitRtc.SessionDescription.newBuilder()
                        .setSdp(OfferText.answerTo(TestClient.described(client.lastOffer()), "nothing")))
                .build());
        samples.add(SignalRequest.newBuilder()
                .setTrackSetting(LivekitRtc.UpdateTrackSettings.newBuilder()
                        .addTrackSids("TR_VCabcdefghijkl")
                        .setHeight(300))
                .build());
        samples.add(SignalRequest.newBuilder()
                .setSubscription(
                        UpdateSubscription.newBuilder().setSubscribe(true).addTrackSids("TR_AMxx"))
                .build());
        samples.add(SignalRequest.newBuilder()
                .setSubscriptionPermission(SubscriptionPermission.newBuilder()
                        .addTrackPermissions(TrackPermission.newBuilder().setParticipantIdentity("bob")))
                .build());
        return samples;
    }
}
