/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.Collection;

/**
 * What only the room can do, for the namespaces that steer it: moderation and breakout. Takes effect after the module has
 * returned, in order with what it sends; the room then calls the hooks and sends the events of namespace core.
 */
public interface RoomControl {
    enum WaitingRoom {
        DISABLED,
        FOR_GUESTS,
        FOR_EVERYONE
    }

    enum Removal {
        KICKED,
        BANNED,
        DEBRIEFED
    }

    /** Who is in the waiting room now. */
    Collection<Participant> waiting();

    /** Who has to wait from now on; nobody is moved by it. */
    void waitingRoom(WaitingRoom state);

    void admit(ParticipantId waiting);

    void sendToWaitingRoom(ParticipantId participant);

    /** Closes all connections of a connected or waiting person with 1000. */
    void remove(ParticipantId participant, Removal why);

    /** No new token for this account as long as the room lives. */
    void ban(ParticipantId account);

    void unban(ParticipantId account);

    /** Other namespaces hear it as {@link Notice.RoleChanged}. */
    void changeRole(ParticipantId participant, Participant.Role role);

    void rename(ParticipantId participant, DisplayName name);

    /** Numbers from 0; each module of main is asked for its breakoutStart. */
    void openBreakouts(int count);

    void move(ParticipantId participant, RoomKind to);

    /** Everybody is back in main before: the modules hear closing, then they are gone. */
    void closeBreakouts();
}
