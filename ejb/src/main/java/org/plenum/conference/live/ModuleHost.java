/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.Job;
import org.plenum.conference.signaling.Notice;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.SignalingModuleFactory;
import org.plenum.conference.signaling.SignalingModuleFactory.Scope;

/**
 * The modules of one room, with their timers and jobs. A module that throws what it must not is taken out, and the room
 * goes on. The room's thread only.
 */
final class ModuleHost {
    private static final System.Logger LOG = System.getLogger("org.plenum.signaling");

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<TimerKey, Timer> timers = new HashMap<>();
    private final RoomThread room;
    private final People people;
    private final Mail mail;
    private Attendance attendance;
    private int jobs;

    /** One namespace and its objects, one a room kind; that of main speaks for all when the scope is the conference. */
    record Slot(SignalingModuleFactory factory, RoomSettings settings, Map<RoomKind, SignalingModule> objects) {
        String namespace() {
            return factory.namespace();
        }

        boolean isOfConference() {
            return factory.scope() == Scope.CONFERENCE;
        }

        RoomKind kindOf(RoomKind kind) {
            return isOfConference() ? RoomKind.MAIN : kind;
        }

        Optional<SignalingModule> in(RoomKind kind) {
            return Optional.ofNullable(objects.get(kindOf(kind)));
        }

        void open(RoomKind kind, JsonObject start) {
            SignalingModule module = factory.open(settings, kind);
            module.restore(start);
            objects.put(kind, module);
        }
    }

    record TimerKey(String namespace, RoomKind kind, String name) {}

    private record Timer(Cause cause, Instant due, Alarms.Alarm alarm) {}

    /** What to do with a module; a refusal is for the sender. */
    interface Step<T> {
        T take(SignalingModule module, Call call) throws CommandRejected;
    }

    ModuleHost(RoomThread room, People people, Mail mail) {
        this.room = room;
        this.people = people;
        this.mail = mail;
    }

    void attendance(Attendance attendance) {
        this.attendance = attendance;
    }

    Attendance attendance() {
        return attendance;
    }

    People people() {
        return people;
    }

    Mail mail() {
        return mail;
    }

    void add(Slot slot) {
        slots.put(slot.namespace(), slot);
    }

    Optional<Slot> find(String namespace) {
        return Optional.ofNullable(slots.get(namespace));
    }

    List<Slot> all() {
        return List.copyOf(slots.values());
    }

    int timers() {
        return timers.size();
    }

    int jobs() {
        return jobs;
    }

    /** A call of the module of this room kind; the caller says when its effects are performed. */
    Call call(Slot slot, RoomKind kind, Cause cause) {
        return new Call(this, slot, kind, cause, room.now());
    }

    /**
     * Lets the module act.
     *
     * @return what the step gave, or the value of otherwise when the module is not there or threw
     * @throws CommandRejected as the module does; what it wanted done is forgotten
     */
    <T> T command(Call call, Supplier<T> otherwise, Step<T> step) throws CommandRejected {
        Optional<SignalingModule> module = call.slot().in(call.kind());
        if (module.isEmpty()) {
            return otherwise.get();
        }
        try {
            return step.take(module.get(), call);
        } catch (CommandRejected refusal) {
            call.forget();
            throw refusal;
        } catch (RuntimeException | StackOverflowError fault) {
            call.forget();
            remove(call.slot(), fault);
            return otherwise.get();
        }
    }

    /** As {@link #command}, for hooks: they refuse nothing. */
    <T> T hook(Call call, Supplier<T> otherwise, Step<T> step) {
        try {
            return command(call, otherwise, step);
        } catch (CommandRejected refusal) {
            throw new IllegalStateException("a hook refused", refusal);
        }
    }

    void hook(Call call, Hook hook) {
        hook(call, () -> null, (module, context) -> {
            hook.take(module, context);
            return null;
        });
    }

    /** What to tell a module. */
    interface Hook {
        void take(SignalingModule module, Call call);
    }

    void tell(Notice notice, String teller, Cause cause) {
        for (Slot slot : all()) {
            if (!slot.namespace().equals(teller)) {
                for (RoomKind kind : List.copyOf(slot.objects().keySet())) {
                    Call call = call(slot, kind, cause);
                    hook(call, (module, context) -> module.onNotice(notice, context));
                    call.perform();
                }
            }
        }
    }

    void startTimer(TimerKey key, Duration after, Cause cause) {
        stopTimer(key);
        Instant due = room.now().plus(after);
        Timer[] self = new Timer[1];
        Alarms.Alarm alarm = room.in(after, () -> {
            if (timers.remove(key, self[0])) {
                timerDue(key, self[0].cause());
            }
        });
        self[0] = new Timer(cause, due, alarm);
        timers.put(key, self[0]);
    }

    void stopTimer(TimerKey key) {
        Timer timer = timers.remove(key);
        if (timer != null) {
            timer.alarm().cancel();
        }
    }

    private void timerDue(TimerKey key, Cause cause) {
        find(key.namespace()).ifPresent(slot -> {
            Call call = call(slot, key.kind(), cause);
            hook(call, (module, context) -> module.onTimer(key.name(), context));
            call.perform();
        });
    }

    <T> void startJob(Slot slot, RoomKind kind, Cause cause, Job<T> job) {
        jobs++;
        try {
            room.outside(() -> work(slot, kind, cause, job));
        } catch (RejectedExecutionException stopping) { // the server goes down
            jobs--;
        }
    }

    /** On a thread of the container. */
    private <T> void work(Slot slot, RoomKind kind, Cause cause, Job<T> job) {
        try {
            T result = job.run();
            room.turn(() -> finish(slot, kind, cause, call -> job.done(result, call)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            room.turn(() -> finish(slot, kind, cause, call -> job.failed(stopping, call)));
        } catch (Exception cannot) {
            room.turn(() -> finish(slot, kind, cause, call -> job.failed(cannot, call)));
        }
    }

    private void finish(Slot slot, RoomKind kind, Cause cause, java.util.function.Consumer<Call> end) {
        jobs--;
        if (slots.containsKey(slot.namespace())) {
            Call call = call(slot, kind, cause);
            hook(call, (module, context) -> end.accept(context));
            call.perform();
        }
        attendance.jobEnded();
    }

    /** The module has a fault of ours: out with it, and the others may know (envelope.md section 9). */
    private void remove(Slot slot, Throwable fault) {
        log(slot.namespace(), fault);
        if (slots.remove(slot.namespace(), slot)) {
            slot.objects().clear();
            stopTimers(key -> key.namespace().equals(slot.namespace()));
            mail.send(
                    people.conference(),
                    CoreEvents.ERROR,
                    Optional.empty(),
                    room.now(),
                    CoreEvents.fatalModuleError(slot.namespace()));
        }
    }

    /** The message of the exception stays out of the log: it may repeat what somebody wrote. */
    private static void log(String namespace, Throwable fault) {
        Exception nameless = new Exception(fault.getClass().getName());
        nameless.setStackTrace(fault.getStackTrace());
        LOG.log(System.Logger.Level.ERROR, "namespace " + namespace + " failed and was closed", nameless);
    }

    void openKind(RoomKind kind) {
        for (Slot slot : all()) {
            if (!slot.isOfConference()) {
                Call call = call(slot, RoomKind.MAIN, Cause.NOBODY);
                hook(call, (module, context) -> slot.open(kind, module.breakoutStart()));
            }
        }
    }

    void closeKind(RoomKind kind, Cause cause) {
        for (Slot slot : all()) {
            Call call = call(slot, kind, cause);
            if (slot.isOfConference()) {
                hook(call, (module, context) -> module.kindClosed(kind, context));
            } else {
                hook(call, (module, context) -> module.closing(context));
            }
            call.perform();
        }
        all().forEach(slot -> slot.objects().remove(kind));
        stopTimers(key -> key.kind().equals(kind));
    }

    Collection<RoomKind> kinds() {
        List<RoomKind> kinds = new ArrayList<>();
        all().forEach(slot -> slot.objects().keySet().stream()
                .filter(kind -> !kinds.contains(kind))
                .forEach(kinds::add));
        return kinds;
    }

    /** All modules hear that the room closes; what they start then is waited for by the room. */
    void closing() {
        for (Slot slot : all()) {
            for (RoomKind kind : List.copyOf(slot.objects().keySet())) {
                Call call = call(slot, kind, Cause.NOBODY);
                hook(call, (module, context) -> module.closing(context));
                call.perform();
            }
        }
    }

    void end() {
        stopTimers(key -> true);
        slots.clear();
    }

    private void stopTimers(java.util.function.Predicate<TimerKey> which) {
        timers.keySet().stream().filter(which).toList().forEach(this::stopTimer);
    }
}
