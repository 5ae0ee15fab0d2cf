/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

/** What a call wants done. Called by {@link SipCall}, on the thread that called it. */
public interface CallActions {
    /** Says something after all that is being said. */
    void play(Prompt prompt);

    /** Silence before the next prompt: the way for the sound is only being opened. */
    void pause(int milliseconds);

    /** Stops what is being said. */
    void hush();

    /** Judges both numbers; the answer is {@link SipCall#checked}. */
    void check(String id, String pin);

    /** Enters the conference whose numbers were right; the answer is {@link SipCall#joined} or another event. */
    void join();

    /** Leaves the waiting room, after being admitted. */
    void enter();

    /** Takes the seat in the media room, or gives it back. */
    void seat(boolean taken);

    void mute(boolean muted);

    void raiseHand(boolean raised);

    void consent(boolean given);

    /** Ends the call with a BYE. @param result a short word for the call record */
    void hangUp(String result);
}
