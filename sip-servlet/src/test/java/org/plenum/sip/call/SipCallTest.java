/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.sip.call.SipCall.Exit;
import org.plenum.sip.call.SipCall.State;
import org.plenum.sip.call.SipCall.Verdict;
import org.plenum.sip.media.Prompts;

/** A call in virtual time: what the caller types and the conference says, and what is said and done for it. */
class SipCallTest extends CallScript {
    @Nested
    class Entry {
        @Test
        void theGreetingComesAfterASecond() {
            expect("pause 1000", "say welcome_conference_id");
            assertEquals(State.ENTRY_ID, call.state());
        }

        @Test
        void aDialStringGetsInWithoutWaitingForAnything() {
            done();
            types(ID);
            expect("hush", "say welcome_passcode");
            types(PIN);
            assertTrue(done().contains("check " + ID + " " + PIN));
            assertEquals(State.CHECKING, call.state());
        }

        @Test
        void hashMeansDoneAndIsNoMistakeBehindACompleteNumber() {
            types(ID + "#");
            spoken();
            done();
            types(PIN + "#");
            expect("check " + ID + " " + PIN);
            call.checked(Verdict.RIGHT, nowNs);
            types("#");
            expect("say welcome_usage");
        }

        @Test
        void hashAfterTooFewDigitsSaysSoAndClearsThisNumberOnly() {
            types(ID);
            spoken();
            types("123");
            done();
            types("#");
            expect("say input_incomplete");
            spoken();
            done();
            types(PIN);
            expect("check " + ID + " " + PIN);
        }

        @Test
        void starBeginsTheNumberAnew() {
            spoken();
            done();
            types("999*" + ID + PIN);
            expect("say welcome_passcode", "hush", "check " + ID + " " + PIN);
        }

        @Test
        void lettersMeanNothing() {
            spoken();
            done();
            types("A01B23C45D6789" + PIN);
            assertTrue(done().contains("check " + ID + " " + PIN));
        }

        @Test
        void threeTriesThenTheEnd() {
            for (int i = 0; i < 2; i++) {
                types(ID + PIN);
                done();
                call.checked(Verdict.WRONG, nowNs);
                expect("say input_invalid");
                assertEquals(State.ENTRY_ID, call.state());
            }
            types(ID + PIN);
            spoken();
            done();
            call.checked(Verdict.WRONG, nowNs);
            expect("say too_many_attempts");
            spoken();
            after(1);
            expect("bye wrong_numbers");
            assertEquals(State.ENDED, call.state());
        }

        @Test
        void digitsTypedDuringTheCheckAreKeptForTheNextTry() {
            types(ID + PIN + "55555");
            call.checked(Verdict.WRONG, nowNs);
            done();
            types("55555");
            assertTrue(done().contains("say welcome_passcode"));
        }

        @ParameterizedTest
        @CsvSource({
            "REFUSED, dial_in_refused, refused",
            "BLOCKED, too_many_attempts, blocked",
            "BROKEN, service_unavailable, unavailable"
        })
        void everyDeadEndIsSpoken(Verdict verdict, String prompt, String result) {
            types(ID + PIN);
            spoken();
            done();
            call.checked(verdict, nowNs);
            expect("say " + prompt);
            spoken();
            after(1);
            expect("bye " + result);
        }

        @Test
        void anAnswerNobodyWaitsForChangesNothing() {
            done();
            call.checked(Verdict.RIGHT, nowNs);
            expect();
            assertEquals(State.ENTRY_ID, call.state());
        }

        @Test
        void whoSaysNothingIsAskedTwiceMoreAndThenLeft() {
            spoken();
            done();
            after(15);
            expect("say welcome_conference_id");
            spoken();
            after(15);
            expect("say welcome_conference_id");
            spoken();
            after(15);
            expect("say input_timeout");
            spoken();
            after(1);
            expect("bye no_input");
        }

        @Test
        void nobodyIsHurriedWhileThePromptPlays() {
            done();
            after(14);
            after(14);
            expect();
        }

        @Test
        void aPauseWithinANumberBeginsItAnew() {
            spoken();
            types("01234");
            done();
            after(9);
            expect();
            after(2);
            expect("say input_timeout");
            types(ID);
            assertTrue(done().contains("say welcome_passcode"));
        }

        @Test
        void aKeyAfterSilenceCountsAsLife() {
            spoken();
            after(15);
            spoken();
            types("0");
            spoken();
            done();
            after(11);
            expect("say input_timeout");
            spoken();
            after(15);
            expect("say welcome_conference_id");
        }

        @Test
        void anUnansweredCheckEndsWithASentence() {
            types(ID + PIN);
            spoken();
            done();
            after(31);
            expect("say service_unavailable");
        }
    }

    @Nested
    class Joining {
        @BeforeEach
        void rightNumbers() {
            types(ID + PIN);
            call.checked(Verdict.RIGHT, nowNs);
            done();
        }

        @Test
        void theUsagePromptIsHeardOutUnlessZeroSkipsIt() {
            types("1234*#");
            expect();
            spoken();
            expect("join");
            assertEquals(State.JOINING, call.state());
        }

        @Test
        void zeroSkipsIt() {
            types("0");
            expect("hush", "join");
        }

        @Test
        void evenALostPromptEndOnlyDelays() {
            after(31);
            expect("join");
            after(31);
            expect("hush", "say service_unavailable");
        }

        @Test
        void inTheRoomItIsToldAndHasAMicrophone() {
            spoken();
            done();
            call.joined(false, false, nowNs);
            expect("seat", "say joined", "unmute");
            assertEquals(State.IN_ROOM, call.state());
            assertEquals(Long.MAX_VALUE, call.deadlineNs());
        }

        @Test
        void aloneIsSaidToo() {
            spoken();
            done();
            call.joined(true, false, nowNs);
            expect("seat", "say joined", "say alone", "unmute");
        }

        @Test
        void startingMutedIsASetting() {
            call = new SipCall(new Recorder(), new CallSettings(true));
            call.begin(nowNs);
            types(ID + PIN);
            call.checked(Verdict.RIGHT, nowNs);
            spoken();
            done();
            call.joined(false, false, nowNs);
            expect("seat", "say joined_muted", "mute");
            types("1");
            expect("hush", "say unmuted", "unmute");
        }

        @ParameterizedTest
        @CsvSource({
            "KICKED, moderator_kicked",
            "NOT_ADMITTED, waiting_room_rejected",
            "CLOSED, conference_closed",
            "FULL, conference_full",
            "TIME_LIMIT, time_limit_reached",
            "BROKEN, service_unavailable"
        })
        void whateverKeepsItOutIsSpoken(Exit why, String prompt) {
            spoken();
            done();
            call.exit(why, nowNs);
            expect("say " + prompt);
            spoken();
            after(1);
            expect("bye " + why.name().toLowerCase(Locale.ROOT));
        }

        @Test
        void lastWordsThatNeverEndAreCutAfterFifteenSeconds() {
            call.exit(Exit.CLOSED, nowNs);
            done();
            after(14);
            expect();
            after(2);
            expect("bye closed");
        }
    }

    @Nested
    class Waiting {
        @BeforeEach
        void waits() {
            types(ID + PIN);
            call.checked(Verdict.RIGHT, nowNs);
            spoken();
            done();
            call.waiting(nowNs);
            expect("say waiting_room_entered");
            spoken();
        }

        @Test
        void everyMinuteThereIsASignOfLife() {
            after(59);
            expect();
            after(2);
            expect("say waiting_room_still");
            spoken();
            after(60);
            expect("say waiting_room_still");
        }

        @Test
        void afterHalfAnHourItEnds() {
            for (int i = 0; i < 29; i++) {
                after(60);
                spoken();
            }
            done();
            after(61);
            assertEquals(List.of("say waiting_room_rejected"), done());
        }

        @Test
        void onlyZeroWorks() {
            types("1236*1");
            expect();
            call.poll(nowNs + 61_000 * MS);
            done();
            types("0");
            expect("hush");
        }

        @Test
        void admittedItEntersAndTheUsualJoinFollows() {
            call.admitted(nowNs);
            expect("say waiting_room_accepted", "enter");
            call.admitted(nowNs);
            expect();
            call.joined(false, false, nowNs);
            expect("seat", "say joined", "unmute");
        }

        @Test
        void anAdmissionThatLeadsNowhereEndsWithASentence() {
            call.admitted(nowNs);
            done();
            after(31);
            expect("hush", "say service_unavailable");
        }

        @Test
        void refusedItIsTold() {
            call.exit(Exit.NOT_ADMITTED, nowNs);
            expect("say waiting_room_rejected");
        }
    }

    @Test
    void aRecordingThatRunsAlreadyIsAskedAboutOnEntry() {
        types(ID + PIN);
        call.checked(Verdict.RIGHT, nowNs);
        spoken();
        done();
        call.joined(false, true, nowNs);
        expect("seat", "say joined", "say recording_consent", "mute", "mute");
    }

    @Test
    void everyPromptHasATextAndASound() throws Exception {
        for (String language : List.of("de", "en")) {
            Set<String> written = new TreeSet<>();
            for (String line : Files.readAllLines(Path.of("src/main/prompts/" + language + ".txt"))) {
                if (!line.startsWith("#")) {
                    written.add(line.substring(0, line.indexOf(' ')));
                }
            }
            for (Prompt prompt : Prompt.values()) {
                assertTrue(written.remove(prompt.key()), language + " text of " + prompt.key());
                Prompts prompts = new Prompts(Optional.empty());
                assertTrue(
                        prompts.samples(language, prompt.key()).length > 8000, language + " sound of " + prompt.key());
            }
            assertEquals(Set.of(), written);
        }
    }

    @Test
    void nothingTypedIsPrinted() {
        Digits digits = new Digits();
        digits.type('7');
        assertFalse(digits.toString().contains("7"));
        assertEquals("7", digits.text());
        digits.clear();
        assertEquals("", digits.text());
    }
}
