/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.plenum.sip.call.SipCall.Verdict;

/** A call in virtual time, and words for what the caller does and what is done for him. */
abstract class CallScript {
    static final long MS = 1_000_000L;
    static final String ID = "0123456789";
    static final String PIN = "9876543210";

    private final List<String> done = new ArrayList<>();
    SipCall call = new SipCall(new Recorder(), CallSettings.USUAL);
    long nowNs = -3_000 * MS; // System.nanoTime may be negative

    /** Writes down what the call wants. */
    final class Recorder implements CallActions {
        @Override
        public void play(Prompt prompt) {
            done.add("say " + prompt.key());
        }

        @Override
        public void pause(int milliseconds) {
            done.add("pause " + milliseconds);
        }

        @Override
        public void hush() {
            done.add("hush");
        }

        @Override
        public void check(String id, String pin) {
            done.add("check " + id + " " + pin);
        }

        @Override
        public void join() {
            done.add("join");
        }

        @Override
        public void enter() {
            done.add("enter");
        }

        @Override
        public void seat(boolean taken) {
            done.add(taken ? "seat" : "no seat");
        }

        @Override
        public void mute(boolean muted) {
            done.add(muted ? "mute" : "unmute");
        }

        @Override
        public void raiseHand(boolean raised) {
            done.add(raised ? "hand up" : "hand down");
        }

        @Override
        public void consent(boolean given) {
            done.add(given ? "consent" : "no consent");
        }

        @Override
        public void hangUp(String result) {
            done.add("bye " + result);
        }
    }

    @BeforeEach
    void answered() {
        call.begin(nowNs);
    }

    void types(String keys) {
        for (char key : keys.toCharArray()) {
            nowNs += 150 * MS;
            call.key(key, nowNs);
        }
    }

    void after(long seconds) {
        for (long i = 0; i < seconds * 10; i++) {
            nowNs += 100 * MS;
            call.poll(nowNs);
        }
    }

    void spoken() {
        call.promptsOver(nowNs);
    }

    /** What was done since the last look. */
    List<String> done() {
        List<String> all = List.copyOf(done);
        done.clear();
        return all;
    }

    void expect(String... actions) {
        assertEquals(List.of(actions), done());
    }

    void inRoom() {
        types(ID + PIN);
        call.checked(Verdict.RIGHT, nowNs);
        spoken();
        call.joined(false, false, nowNs);
        spoken();
        done();
    }
}
