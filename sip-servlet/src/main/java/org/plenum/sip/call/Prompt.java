/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.Locale;

/** What is said to callers. The texts stand beside the script that speaks them, the sound in a folder of each language. */
public enum Prompt {
    WELCOME_CONFERENCE_ID,
    WELCOME_PASSCODE,
    INPUT_INVALID,
    INPUT_TIMEOUT,
    INPUT_INCOMPLETE,
    TOO_MANY_ATTEMPTS,
    WELCOME_USAGE,
    HELP,
    WAITING_ROOM_ENTERED,
    WAITING_ROOM_STILL,
    WAITING_ROOM_ACCEPTED,
    WAITING_ROOM_REJECTED,
    JOINED,
    JOINED_MUTED,
    ALONE,
    MUTED,
    UNMUTED,
    HAND_RAISED,
    HAND_LOWERED,
    MODERATOR_MUTED,
    MODERATOR_LOWERED_HAND,
    MODERATOR_KICKED,
    MODERATOR_SENT_TO_WAITING_ROOM,
    MICROPHONE_RESTRICTED,
    MICROPHONE_RESTRICTION_LIFTED,
    RECORDING_CONSENT,
    RECORDING_ACCEPTED,
    RECORDING_REJECTED,
    RECORDING_STOPPED,
    CONSENT_INVALID,
    BREAKOUT_MOVED,
    BREAKOUT_ENDED,
    CONFERENCE_NOT_STARTED,
    CONFERENCE_CLOSED,
    CONFERENCE_FULL,
    TIME_LIMIT_WARNING,
    TIME_LIMIT_REACHED,
    DIAL_IN_REFUSED,
    SERVICE_UNAVAILABLE;

    /** Name of its file, without the ending. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
