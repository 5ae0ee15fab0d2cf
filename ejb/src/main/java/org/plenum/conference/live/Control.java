/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.Collection;
import java.util.function.Consumer;
import org.plenum.conference.signaling.DisplayName;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomControl;
import org.plenum.conference.signaling.RoomKind;

/** Writes down what a module wants the room to do, to be done in order with what it sends. */
final class Control implements RoomControl {
    private final Attendance attendance;
    private final Cause cause;
    private final Consumer<Runnable> effects;

    Control(Attendance attendance, Cause cause, Consumer<Runnable> effects) {
        this.attendance = attendance;
        this.cause = cause;
        this.effects = effects;
    }

    @Override
    public Collection<Participant> waiting() {
        return attendance.people().waiting().map(Person::view).toList();
    }

    @Override
    public void waitingRoom(WaitingRoom state) {
        effects.accept(() -> attendance.waitingRoom(state));
    }

    @Override
    public void admit(ParticipantId waiting) {
        effects.accept(() -> attendance.accept(waiting));
    }

    @Override
    public void sendToWaitingRoom(ParticipantId participant) {
        effects.accept(() -> attendance.sendToWaitingRoom(participant));
    }

    @Override
    public void remove(ParticipantId participant, Removal why) {
        effects.accept(() -> attendance.remove(participant, LeaveReason.valueOf(why.name())));
    }

    @Override
    public void ban(ParticipantId account) {
        effects.accept(() -> attendance.ban(account));
    }

    @Override
    public void unban(ParticipantId account) {
        effects.accept(() -> attendance.unban(account));
    }

    @Override
    public void changeRole(ParticipantId participant, Participant.Role role) {
        effects.accept(() -> attendance.changeRole(participant, role, cause));
    }

    @Override
    public void rename(ParticipantId participant, DisplayName name) {
        effects.accept(() -> attendance.rename(participant, name));
    }

    @Override
    public void openBreakouts(int count) {
        effects.accept(() -> attendance.moves().openBreakouts(count));
    }

    @Override
    public void move(ParticipantId participant, RoomKind to) {
        effects.accept(() -> attendance.moves().move(participant, to, cause));
    }

    @Override
    public void closeBreakouts() {
        effects.accept(() -> attendance.moves().closeBreakouts(cause));
    }
}
