/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Job;
import org.plenum.conference.signaling.Notice;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.Recipients;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.RoomControl;
import org.plenum.conference.signaling.RoomKind;

/**
 * One call of one module. What the module wants done is written down, and done by {@link #perform} after the module
 * has returned, or forgotten when it throws. The room's thread only.
 */
final class Call implements RoomContext {
    private final ModuleHost host;
    private final ModuleHost.Slot slot;
    private final RoomKind kind;
    private final Cause cause;
    private final Instant now;
    private final List<Runnable> effects = new ArrayList<>();

    Call(ModuleHost host, ModuleHost.Slot slot, RoomKind kind, Cause cause, Instant now) {
        this.host = host;
        this.slot = slot;
        this.kind = kind;
        this.cause = cause;
        this.now = now;
    }

    void perform() {
        List<Runnable> wanted = List.copyOf(effects);
        effects.clear();
        wanted.forEach(Runnable::run);
    }

    void forget() {
        effects.clear();
    }

    ModuleHost.Slot slot() {
        return slot;
    }

    Cause cause() {
        return cause;
    }

    @Override
    public RoomKind kind() {
        return kind;
    }

    @Override
    public Participant sender() {
        if (cause.person() == null) {
            throw new IllegalStateException("nobody caused this call");
        }
        return cause.person().view();
    }

    @Override
    public Collection<Participant> participants() {
        return host.people().views();
    }

    @Override
    public ConnectionId connection() {
        return sendersConnection().id;
    }

    @Override
    public String publicUrl() {
        return sendersConnection().publicUrl;
    }

    private Connection sendersConnection() {
        if (cause.connection() == null) {
            throw new IllegalStateException("no connection caused this call");
        }
        return cause.connection();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void send(Recipients to, JsonObject event) {
        effects.add(() -> host.mail()
                .send(
                        host.people().reachedBy(to, kind, cause.person(), cause.connection()),
                        slot.namespace(),
                        cause.transaction(),
                        now,
                        event));
    }

    @Override
    public void tell(Notice notice) {
        effects.add(() -> host.tell(notice, slot.namespace(), cause));
    }

    @Override
    public void startTimer(String name, Duration after) {
        effects.add(
                () -> host.startTimer(new ModuleHost.TimerKey(slot.namespace(), kindOfModule(), name), after, cause));
    }

    @Override
    public void stopTimer(String name) {
        effects.add(() -> host.stopTimer(new ModuleHost.TimerKey(slot.namespace(), kindOfModule(), name)));
    }

    @Override
    public void startJob(Job<?> job) {
        effects.add(() -> host.startJob(slot, kind, cause, job));
    }

    @Override
    public RoomControl control() {
        return new Control(host.attendance(), cause, effects::add);
    }

    private RoomKind kindOfModule() {
        return slot.kindOf(kind);
    }
}
