/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.Optional;
import java.util.UUID;
import org.plenum.media.api.MediaRoomId;

/** The conference side of calls. Methods may block: call them on a thread that may wait. */
public interface Conference {
    /**
     * Judges the two numbers.
     *
     * @return with the place where it will be let in, if both are right
     */
    Judgement judge(String id, String pin);

    /** @param entry to be given to {@link #enter}; absent unless the verdict is RIGHT */
    record Judgement(SipCall.Verdict verdict, Optional<Entry> entry) {}

    /** A right pair of numbers, for one entrance. */
    interface Entry {
        UUID room();
    }

    /**
     * Enters; whatever happens then is told to the guest, on any thread.
     *
     * @param displayName what the others will see
     * @throws RuntimeException the meeting cannot be entered now
     */
    Seat enter(Entry entry, String displayName, Guest guest);

    /** The caller's place in the conference. Any thread, never blocks. */
    interface Seat {
        /** Out of the waiting room, after {@link Guest#admitted}. */
        void enterRoom();

        void raiseHand(boolean raised);

        void consent(boolean given);

        void leave();
    }

    /** What happens to a caller in the conference. */
    interface Guest {
        void inWaitingRoom();

        void admitted();

        /**
         * @param identity in the media engine
         * @param alone whether nobody else is there
         */
        void joined(MediaRoomId media, String identity, boolean alone, boolean recording);

        void handLowered();

        void recording(boolean running);

        void exit(SipCall.Exit why);
    }
}
