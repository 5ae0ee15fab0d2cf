/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.sip.call.SipCall.Exit;
import org.plenum.sip.call.SipCall.State;

/** What keys and moderators do to a caller who is in the conference. */
class SipCallRoomTest extends CallScript {
    @BeforeEach
    void enters() {
        inRoom();
    }

    @Test
    void oneAndStarSixSwitchTheMicrophone() {
        types("1");
        expect("say muted", "mute");
        spoken();
        types("*6");
        expect("say unmuted", "unmute");
    }

    @Test
    void twoAndStarNineRaiseAndLowerTheHand() {
        types("2");
        expect("hand up", "say hand_raised");
        spoken();
        types("*9");
        expect("hand down", "say hand_lowered");
        spoken();
        types("2");
        call.handLoweredByModerator(nowNs);
        expect("hand up", "say hand_raised", "say moderator_lowered_hand");
        call.handLoweredByModerator(nowNs);
        expect();
        types("2");
        assertTrue(done().contains("hand up"), "it is down for the caller too");
    }

    @Test
    void zeroStopsWhatIsSaidOrHelps() {
        types("0");
        expect("say help");
        types("0");
        expect("hush");
        spoken();
        types("*1");
        expect("say help");
    }

    @Test
    void aLoneSixIsNoMuteAndAStarIsForgottenAfterThreeSeconds() {
        types("6");
        expect();
        types("*");
        nowNs += 3001 * MS;
        types("6");
        expect();
        types("45789#AB");
        expect();
    }

    @Test
    void mutedByAModeratorItMayUnmuteItself() {
        call.mutedByModerator(nowNs);
        expect("say moderator_muted", "mute");
        call.mutedByModerator(nowNs);
        expect();
        spoken();
        types("1");
        expect("say unmuted", "unmute");
    }

    @Test
    void withClosedMicrophonesItMayNot() {
        call.mayPublish(false, nowNs);
        expect("say microphone_restricted", "mute");
        spoken();
        types("1");
        expect("say microphone_restricted");
        call.mayPublish(true, nowNs);
        expect("say microphone_restriction_lifted", "mute");
        spoken();
        types("1");
        expect("say unmuted", "unmute");
        call.mayPublish(true, nowNs);
        expect();
    }

    @Test
    void aRecordingClosesTheMicrophoneUntilItIsAgreedTo() {
        call.recordingStarted(nowNs);
        expect("say recording_consent", "mute");
        call.recordingStarted(nowNs);
        expect();
        types("1");
        expect("hush", "say consent_invalid");
        types("3");
        expect("hush", "consent", "say recording_accepted", "unmute");
        spoken();
        types("6");
        expect("no consent", "say recording_rejected", "mute");
        call.recordingStopped(nowNs);
        expect("say recording_stopped", "unmute");
        call.recordingStopped(nowNs);
        expect();
        types("3");
        expect();
    }

    @Test
    void whoDeclinedStaysSilentWhateverIsPressed() {
        call.recordingStarted(nowNs);
        types("6");
        spoken();
        done();
        types("1");
        expect("say muted", "mute");
        spoken();
        types("1");
        expect("say recording_rejected");
    }

    @Test
    void zeroStopsTheQuestionAndItStaysOpen() {
        call.recordingStarted(nowNs);
        done();
        types("0");
        expect("hush");
        types("2");
        assertTrue(done().contains("say consent_invalid"));
    }

    @Test
    void theTimeLimitIsAnnounced() {
        call.timeLimitIsNear(nowNs);
        expect("say time_limit_warning");
    }

    @Test
    void breakoutsMoveItAndBack() {
        types("1");
        done();
        call.moved(true, nowNs);
        expect("no seat", "say breakout_moved", "seat", "mute");
        call.moved(false, nowNs);
        expect("no seat", "say breakout_ended", "seat", "mute");
    }

    @Test
    void sentBackToTheWaitingRoomItLosesItsSeat() {
        call.waiting(nowNs);
        expect("no seat", "say moderator_sent_to_waiting_room");
        assertEquals(State.WAITING, call.state());
        call.admitted(nowNs);
        call.joined(false, false, nowNs);
        assertTrue(done().contains("seat"));
    }

    @Test
    void kickedItHearsWhyAndGoes() {
        call.exit(Exit.KICKED, nowNs);
        expect("no seat", "say moderator_kicked");
        types("12");
        call.mutedByModerator(nowNs);
        call.mayPublish(false, nowNs);
        call.timeLimitIsNear(nowNs);
        call.moved(true, nowNs);
        call.handLoweredByModerator(nowNs);
        expect();
        spoken();
        after(1);
        expect("bye kicked");
    }

    @Test
    void whoHungUpIsLeftAlone() {
        call.over();
        call.exit(Exit.CLOSED, nowNs);
        types("1");
        after(60);
        expect();
        assertEquals(State.ENDED, call.state());
        assertEquals(Long.MAX_VALUE, call.deadlineNs());
    }
}
