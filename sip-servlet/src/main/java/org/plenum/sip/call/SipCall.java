/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * One call from its answer to its end: what the caller types and what happens in the conference goes in, what is to be said and done
 * comes out. No threads and no clock; the time is an argument, by {@link System#nanoTime}. Made when the call is answered.
 */
public final class SipCall {
    private static final long SECOND = 1_000_000_000L;
    private static final int OPENING_PAUSE_MS = 1000;
    private static final int TRIES = 3;
    private static final int SILENT_ROUNDS = 3;
    private static final long FIRST_DIGIT_NS = 15 * SECOND;
    private static final long NEXT_DIGIT_NS = 10 * SECOND;
    private static final long REMINDER_NS = 60 * SECOND;
    private static final long LONGEST_WAIT_NS = 30 * 60 * SECOND;
    private static final long LAST_WORDS_NS = 15 * SECOND;
    private static final long ECHO_NS = SECOND / 2; // the other side still plays what we have sent
    private static final long STAR_NS = 3 * SECOND;
    private static final int MOST_KEPT_DIGITS = 2 * Digits.LENGTH;

    /** Where a call stands. */
    public enum State {
        ENTRY_ID,
        ENTRY_PIN,
        CHECKING,
        USAGE,
        JOINING,
        WAITING,
        IN_ROOM,
        LEAVING,
        ENDED
    }

    /** What became of the two numbers. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** Right, but the conference takes no callers. */
        REFUSED,
        /** Too many wrong ones from there lately. */
        BLOCKED,
        BROKEN
    }

    /** Why the conference ends for this caller. */
    public enum Exit {
        KICKED(Prompt.MODERATOR_KICKED),
        NOT_ADMITTED(Prompt.WAITING_ROOM_REJECTED),
        CLOSED(Prompt.CONFERENCE_CLOSED),
        FULL(Prompt.CONFERENCE_FULL),
        TIME_LIMIT(Prompt.TIME_LIMIT_REACHED),
        BROKEN(Prompt.SERVICE_UNAVAILABLE);

        private final Prompt prompt;

        Exit(Prompt prompt) {
            this.prompt = prompt;
        }
    }

    private enum Consent {
        NOT_NEEDED,
        ASKED,
        GIVEN,
        DECLINED
    }

    private final CallActions actions;
    private final CallSettings settings;
    private final Digits id = new Digits();
    private final Digits pin = new Digits();
    private final Deque<Character> kept = new ArrayDeque<>(); // typed while the numbers are being judged
    private State state = State.ENTRY_ID;
    private int tries;
    private int silentRounds;
    private long deadlineNs;
    private long waitUntilNs;
    private boolean speaking; // a prompt plays or waits
    private boolean admitted;
    private boolean muted;
    private boolean mayPublish = true;
    private boolean handRaised;
    private boolean recording;
    private Consent consent = Consent.NOT_NEEDED;
    private boolean hushing; // it is being stopped
    private boolean star; // a command of two keys has begun
    private long starUntilNs;
    private String result = "";

    public SipCall(CallActions actions, CallSettings settings) {
        this.actions = actions;
        this.settings = settings;
    }

    public State state() {
        return state;
    }

    /** When {@link #poll} is due; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        return state == State.ENDED ? Long.MAX_VALUE : deadlineNs;
    }

    private void say(Prompt prompt) {
        speaking = true;
        hushing = false;
        actions.play(prompt);
    }

    private void hush() {
        if (speaking && !hushing) {
            hushing = true;
            actions.hush();
        }
    }

    // ---- entry

    /** The other side has our answer (ACK). */
    public void begin(long nowNs) {
        actions.pause(OPENING_PAUSE_MS);
        say(Prompt.WELCOME_CONFERENCE_ID);
        await(FIRST_DIGIT_NS, nowNs);
    }

    private void await(long timeNs, long nowNs) {
        deadlineNs = nowNs + timeNs;
    }

    /** A key, however it came. */
    public void key(char key, long nowNs) {
        switch (state) {
            case ENTRY_ID, ENTRY_PIN -> entry(key, nowNs);
            case CHECKING -> keep(key);
            case USAGE -> {
                if (key == '0') {
                    hush();
                    join(nowNs);
                }
            }
            case WAITING -> {
                if (key == '0') {
                    hush();
                }
            }
            case IN_ROOM -> command(key, nowNs);
            default -> {} // nothing to decide any more
        }
    }

    private void keep(char key) {
        if (kept.size() < MOST_KEPT_DIGITS) {
            kept.add(key);
        }
    }

    private void entry(char key, long nowNs) {
        Digits number = state == State.ENTRY_ID ? id : pin;
        Digits.Result typed = number.type(key);
        if (typed == Digits.Result.IGNORED) {
            return;
        }
        hush();
        silentRounds = 0;
        switch (typed) {
            case COMPLETE -> numberComplete(nowNs);
            case TOO_SHORT -> {
                number.clear();
                say(Prompt.INPUT_INCOMPLETE);
                await(FIRST_DIGIT_NS, nowNs);
            }
            default -> await(NEXT_DIGIT_NS, nowNs);
        }
    }

    private void numberComplete(long nowNs) {
        if (state == State.ENTRY_ID) {
            state = State.ENTRY_PIN;
            say(Prompt.WELCOME_PASSCODE); // whether there is such a conference is judged together with the PIN
            await(FIRST_DIGIT_NS, nowNs);
        } else {
            state = State.CHECKING;
            deadlineNs = nowNs + 2 * LAST_WORDS_NS;
            actions.check(id.text(), pin.text());
        }
    }

    /** Whether the numbers were right. */
    public void checked(Verdict verdict, long nowNs) {
        if (state != State.CHECKING) {
            return;
        }
        id.clear();
        pin.clear();
        switch (verdict) {
            case RIGHT -> {
                kept.clear();
                state = State.USAGE;
                say(Prompt.WELCOME_USAGE);
                await(2 * LAST_WORDS_NS, nowNs);
            }
            case WRONG -> wrong(nowNs);
            case REFUSED -> leave(Prompt.DIAL_IN_REFUSED, "refused", nowNs);
            case BLOCKED -> leave(Prompt.TOO_MANY_ATTEMPTS, "blocked", nowNs);
            case BROKEN -> leave(Prompt.SERVICE_UNAVAILABLE, "unavailable", nowNs);
        }
    }

    private void wrong(long nowNs) {
        if (++tries == TRIES) {
            leave(Prompt.TOO_MANY_ATTEMPTS, "wrong_numbers", nowNs);
            return;
        }
        state = State.ENTRY_ID;
        say(Prompt.INPUT_INVALID);
        await(FIRST_DIGIT_NS, nowNs);
        for (Character key = kept.poll(); key != null; key = kept.poll()) {
            key(key, nowNs);
        }
    }

    /** Everything that was to be said has been said. */
    public void promptsOver(long nowNs) {
        speaking = false;
        hushing = false;
        switch (state) {
            case ENTRY_ID, ENTRY_PIN -> {
                Digits number = state == State.ENTRY_ID ? id : pin;
                await(number.isEmpty() ? FIRST_DIGIT_NS : NEXT_DIGIT_NS, nowNs);
            }
            case USAGE -> join(nowNs);
            case LEAVING -> await(ECHO_NS, nowNs);
            default -> {} // nobody waits for it
        }
    }

    // ---- into the conference

    private void join(long nowNs) {
        state = State.JOINING;
        deadlineNs = nowNs + 2 * LAST_WORDS_NS;
        actions.join();
    }

    /** The conference has a waiting room and the caller is in it. */
    public void waiting(long nowNs) {
        if (state != State.JOINING && state != State.IN_ROOM) {
            return;
        }
        boolean sentBack = state == State.IN_ROOM;
        if (sentBack) {
            actions.seat(false);
        }
        state = State.WAITING;
        admitted = false;
        hush();
        say(sentBack ? Prompt.MODERATOR_SENT_TO_WAITING_ROOM : Prompt.WAITING_ROOM_ENTERED);
        waitUntilNs = nowNs + LONGEST_WAIT_NS;
        deadlineNs = nowNs + REMINDER_NS;
    }

    /** A moderator lets the caller in. */
    public void admitted(long nowNs) {
        if (state == State.WAITING && !admitted) {
            admitted = true;
            hush();
            say(Prompt.WAITING_ROOM_ACCEPTED);
            deadlineNs = nowNs + 2 * LAST_WORDS_NS;
            actions.enter();
        }
    }

    /**
     * The caller is in.
     *
     * @param alone whether nobody else is there
     * @param nowRecording whether the conference is being recorded
     */
    public void joined(boolean alone, boolean nowRecording, long nowNs) {
        if (state != State.JOINING && state != State.WAITING) {
            return;
        }
        state = State.IN_ROOM;
        deadlineNs = Long.MAX_VALUE;
        muted = settings.startMuted();
        handRaised = false;
        actions.seat(true);
        say(muted ? Prompt.JOINED_MUTED : Prompt.JOINED);
        if (alone) {
            say(Prompt.ALONE);
        }
        if (nowRecording) {
            recordingStarted(nowNs);
        }
        tellMicrophone();
    }

    /** The microphone is open when the caller wants it, may, and agrees to a recording that runs. */
    private void tellMicrophone() {
        boolean silencedByConsent = recording && consent != Consent.GIVEN;
        actions.mute(muted || !mayPublish || silencedByConsent);
    }

    // ---- keys in the room

    private void command(char key, long nowNs) {
        boolean afterStar = star && nowNs - starUntilNs < 0;
        star = key == '*';
        if (star) {
            starUntilNs = nowNs + STAR_NS;
            return;
        }
        if (recording && consent == Consent.ASKED) {
            decide(key);
            return;
        }
        if (afterStar) {
            switch (key) {
                case '6' -> toggleMicrophone();
                case '9' -> toggleHand();
                case '1' -> help();
                default -> {} // not a command of ours
            }
            return;
        }
        switch (key) {
            case '0' -> {
                if (speaking) {
                    hush();
                } else {
                    help();
                }
            }
            case '1' -> toggleMicrophone();
            case '2' -> toggleHand();
            case '3' -> agree(true);
            case '6' -> agree(false);
            default -> {} // reserved, or no key of ours
        }
    }

    private void help() {
        say(Prompt.HELP);
    }

    private void decide(char key) {
        switch (key) {
            case '3' -> agree(true);
            case '6' -> agree(false);
            case '0' -> hush();
            default -> {
                hush();
                say(Prompt.CONSENT_INVALID);
            }
        }
    }

    private void agree(boolean yes) {
        if (!recording) {
            return;
        }
        hush();
        consent = yes ? Consent.GIVEN : Consent.DECLINED;
        actions.consent(yes);
        say(yes ? Prompt.RECORDING_ACCEPTED : Prompt.RECORDING_REJECTED);
        tellMicrophone();
    }

    private void toggleMicrophone() {
        hush();
        if (!mayPublish) {
            say(Prompt.MICROPHONE_RESTRICTED);
            return;
        }
        if (muted && recording && consent == Consent.DECLINED) {
            say(Prompt.RECORDING_REJECTED);
            return;
        }
        muted = !muted;
        say(muted ? Prompt.MUTED : Prompt.UNMUTED);
        tellMicrophone();
    }

    private void toggleHand() {
        hush();
        handRaised = !handRaised;
        actions.raiseHand(handRaised);
        say(handRaised ? Prompt.HAND_RAISED : Prompt.HAND_LOWERED);
    }

    // ---- what happens in the conference

    public void mutedByModerator(long nowNs) {
        if (state == State.IN_ROOM && !muted) {
            muted = true;
            say(Prompt.MODERATOR_MUTED);
            tellMicrophone();
        }
    }

    /** The microphones of all, or of this caller, are closed or open again. */
    public void mayPublish(boolean allowed, long nowNs) {
        if (state != State.IN_ROOM || mayPublish == allowed) {
            mayPublish = allowed;
            return;
        }
        mayPublish = allowed;
        if (!allowed) {
            muted = true;
        }
        say(allowed ? Prompt.MICROPHONE_RESTRICTION_LIFTED : Prompt.MICROPHONE_RESTRICTED);
        tellMicrophone();
    }

    public void handLoweredByModerator(long nowNs) {
        if (state == State.IN_ROOM && handRaised) {
            handRaised = false;
            say(Prompt.MODERATOR_LOWERED_HAND);
        }
    }

    public void recordingStarted(long nowNs) {
        if (!recording) {
            recording = true;
            consent = Consent.ASKED;
            if (state == State.IN_ROOM) {
                say(Prompt.RECORDING_CONSENT);
                tellMicrophone();
            }
        }
    }

    public void recordingStopped(long nowNs) {
        if (recording) {
            recording = false;
            consent = Consent.NOT_NEEDED;
            if (state == State.IN_ROOM) {
                say(Prompt.RECORDING_STOPPED);
                tellMicrophone();
            }
        }
    }

    /** To a breakout room, or back. The key state survives. */
    public void moved(boolean toBreakout, long nowNs) {
        if (state == State.IN_ROOM) {
            actions.seat(false);
            say(toBreakout ? Prompt.BREAKOUT_MOVED : Prompt.BREAKOUT_ENDED);
            actions.seat(true);
            tellMicrophone();
        }
    }

    public void timeLimitIsNear(long nowNs) {
        if (state == State.IN_ROOM) {
            say(Prompt.TIME_LIMIT_WARNING);
        }
    }

    /** The conference is over for this caller. */
    public void exit(Exit why, long nowNs) {
        switch (state) {
            case JOINING, WAITING, IN_ROOM -> leave(why.prompt, why.name().toLowerCase(Locale.ROOT), nowNs);
            case USAGE, CHECKING -> leave(why.prompt, why.name().toLowerCase(Locale.ROOT), nowNs);
            default -> {} // it is not in any
        }
    }

    private void leave(Prompt lastWords, String why, long nowNs) {
        if (state == State.IN_ROOM) {
            actions.seat(false);
        }
        state = State.LEAVING;
        result = why;
        hush();
        say(lastWords);
        deadlineNs = nowNs + LAST_WORDS_NS;
    }

    private void end() {
        state = State.ENDED;
        actions.hangUp(result);
    }

    /** The other side has gone: nothing is said any more. */
    public void over() {
        id.clear();
        pin.clear();
        kept.clear();
        state = State.ENDED;
    }

    // ---- time

    public void poll(long nowNs) {
        if (state == State.ENDED || deadlineNs == Long.MAX_VALUE || deadlineNs - nowNs > 0) {
            return;
        }
        switch (state) {
            case ENTRY_ID, ENTRY_PIN -> silence(nowNs);
            case CHECKING, JOINING -> leave(Prompt.SERVICE_UNAVAILABLE, "unavailable", nowNs);
            case USAGE -> join(nowNs);
            case WAITING -> stillWaiting(nowNs);
            default -> end(); // the last words are over, whoever heard them
        }
    }

    private void silence(long nowNs) {
        if (speaking) { // nobody can have answered yet
            await(FIRST_DIGIT_NS, nowNs);
            return;
        }
        Digits number = state == State.ENTRY_ID ? id : pin;
        if (++silentRounds == SILENT_ROUNDS) {
            leave(Prompt.INPUT_TIMEOUT, "no_input", nowNs);
        } else if (number.isEmpty()) {
            say(state == State.ENTRY_ID ? Prompt.WELCOME_CONFERENCE_ID : Prompt.WELCOME_PASSCODE);
            await(FIRST_DIGIT_NS, nowNs);
        } else {
            number.clear();
            say(Prompt.INPUT_TIMEOUT);
            await(FIRST_DIGIT_NS, nowNs);
        }
    }

    private void stillWaiting(long nowNs) {
        if (admitted) {
            leave(Prompt.SERVICE_UNAVAILABLE, "unavailable", nowNs);
        } else if (waitUntilNs - nowNs <= 0) {
            leave(Prompt.WAITING_ROOM_REJECTED, "waited_in_vain", nowNs);
        } else {
            say(Prompt.WAITING_ROOM_STILL);
            deadlineNs = nowNs + REMINDER_NS;
        }
    }
}
