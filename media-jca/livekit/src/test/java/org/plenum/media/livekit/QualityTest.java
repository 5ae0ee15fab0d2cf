/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import livekit.LivekitModels.ConnectionQuality;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.ConnectionQualityInfo;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.room.Forwarding.Condition;

class QualityTest {
    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");
    private final TestClient bob = meeting.joins("bob");

    @Test
    @DisplayName("everybody hears once of itself and of whom it receives, then of changes only")
    void changesOnly() {
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(5100);
        assertEquals(List.of(alice.sid()), about(alice));
        assertEquals(List.of(alice.sid(), bob.sid()), about(bob));
        meeting.after(20_000);
        assertEquals(1, alice.all(MessageCase.CONNECTION_QUALITY, r -> r).size());

        TestClient carol = meeting.joins("carol");
        meeting.after(5100);
        assertEquals(List.of(alice.sid(), carol.sid()), about(carol));
    }

    @Test
    @DisplayName("loss on the way to the server, and on the way back, and slow ways are told")
    void conditions() {
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(5100);
        publisher(new Condition(1000, 60, 0, -1));
        meeting.after(5000);
        assertEquals(ConnectionQuality.GOOD, last(alice).getQuality());
        assertEquals(ConnectionQuality.GOOD, last(bob).getQuality());
        publisher(new Condition(2000, 260, 0, -1));
        meeting.after(5000);
        assertEquals(ConnectionQuality.POOR, last(bob).getQuality());
        publisher(new Condition(3000, 260, 0, -1));
        meeting.after(5000);
        assertEquals(ConnectionQuality.EXCELLENT, last(bob).getQuality());
        assertEquals(4.5f, last(bob).getScore());

        receiver(new Condition(0, 0, 26, -1));
        meeting.after(5000);
        assertEquals(ConnectionQuality.GOOD, last(alice).getQuality());
        receiver(new Condition(0, 0, 0, 2_000_000_000L));
        meeting.after(5000);
        assertEquals(ConnectionQuality.POOR, last(alice).getQuality());
    }

    /** Alice's first connection receives, her second sends. */
    private void receiver(Condition condition) {
        meeting.media().conditions.put(meeting.plane.connections.get(0), condition);
    }

    private void publisher(Condition condition) {
        meeting.media().conditions.put(meeting.plane.connections.get(2), condition);
    }

    private static ConnectionQualityInfo last(TestClient client) {
        List<ConnectionQualityInfo> infos = client.last(
                MessageCase.CONNECTION_QUALITY, r -> r.getConnectionQuality().getUpdatesList());
        return infos.get(0);
    }

    private static List<String> about(TestClient client) {
        return client
                .last(
                        MessageCase.CONNECTION_QUALITY,
                        r -> r.getConnectionQuality().getUpdatesList())
                .stream()
                .map(ConnectionQualityInfo::getParticipantSid)
                .toList();
    }
}
