/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.conference.phone.EndedCall;
import org.plenum.sip.call.Caller;
import org.plenum.sip.call.Conference;
import org.plenum.sip.call.Entries;
import org.plenum.sip.call.EntryGuard;
import org.plenum.sip.call.Trunk;
import org.plenum.sip.media.PhoneMedia;
import org.plenum.sip.media.Prompts;

/**
 * One thread that owns all calls: what the network, the sound and the conference have to tell is posted here, and done one after the other.
 * What may block goes to an executor and comes back.
 */
final class CallLoop implements Runnable {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final int MOST_WAITING = 20_000;
    private static final long POLL_MS = 50;
    private static final long IDLE_POLL_MS = 1000; // registrars and trunks only

    private final SipConfig config;
    private final PhoneMedia media;
    private final Prompts prompts;
    private final Conference conference;
    private final Executor slow;
    private final Consumer<EndedCall> records;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final EntryGuard guard = new EntryGuard();
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Set<PhoneLine> lines = new LinkedHashSet<>();
    private final Map<UUID, Integer> unknownCallers = new HashMap<>(); // a running number in each room
    private final Entries entries;
    private final List<Registrar> registrars = new ArrayList<>();
    private final List<Pinger> pingers = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger(); // reserved before the line exists
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CallFigures figures = new CallFigures();
    private volatile boolean closing;
    private volatile boolean started;
    private Messages messages;

    /** What a loop works with. */
    record Parts(
            SipConfig config,
            PhoneMedia media,
            Prompts prompts,
            Conference conference,
            Executor slow,
            Consumer<EndedCall> records,
            Clock clock) {}

    CallLoop(Parts parts) {
        config = parts.config();
        media = parts.media();
        prompts = parts.prompts();
        conference = parts.conference();
        slow = parts.slow();
        records = parts.records();
        clock = parts.clock();
        entries = new Entries(Math.max(1, config.mostCalls() / 2));
    }

    // ---- for the stack's threads

    void speaksWith(Messages built) {
        messages = built;
    }

    /** @return whether one more call from there may begin; then {@link #arrived} has to follow */
    boolean mayBegin(String source) {
        return entries.begin(source);
    }

    void registers(Registrar registrar) {
        post(() -> registrars.add(registrar));
    }

    void pings(Pinger pinger) {
        post(() -> pingers.add(pinger));
    }

    boolean isFull() {
        return open.get() >= config.mostCalls();
    }

    boolean isOverloaded() {
        return closing
                || media.isOverloaded()
                || waiting.remainingCapacity() < MOST_WAITING / 2
                || media.freePorts() == 0;
    }

    void arrived(SipProvider provider, ServerTransaction transaction, Dialog dialog, Trunk trunk, Caller caller) {
        open.incrementAndGet();
        PhoneLine line = new PhoneLine(this, new PhoneLine.Invitation(provider, transaction, dialog, trunk, caller));
        dialog.setApplicationData(line);
        if (!post(() -> {
            lines.add(line);
            line.answer(System.nanoTime());
        })) {
            open.decrementAndGet();
            line.leaveEntry();
        }
    }

    void inCall(PhoneLine line, RequestEvent event) throws SipException {
        ServerTransaction transaction = event.getServerTransaction();
        Request request = event.getRequest();
        if (transaction == null && !request.getMethod().equals(Request.ACK)) {
            transaction = ((SipProvider) event.getSource()).getNewServerTransaction(request);
        }
        ServerTransaction own = transaction;
        post(() -> line.request(request, own, System.nanoTime()));
    }

    void cancelled(RequestEvent event) throws SipException {
        ServerTransaction cancel = event.getServerTransaction();
        if (cancel == null) {
            cancel = ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
        }
        ServerTransaction own = cancel;
        Dialog dialog = event.getDialog();
        post(() -> {
            try {
                boolean known = dialog != null && dialog.getApplicationData() instanceof PhoneLine;
                own.sendResponse(messages.answer(
                        event.getRequest(),
                        known ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST,
                        known ? "OK" : "Call/Transaction Does Not Exist"));
                if (known) {
                    ((PhoneLine) dialog.getApplicationData()).cancel();
                }
            } catch (Exception odd) {
                LOG.log(Level.DEBUG, "a CANCEL could not be answered", odd);
            }
        });
    }

    void dialogEnded(PhoneLine line) {
        post(() -> line.release("lost"));
    }

    /** Any thread. @return false: there is too much to do, or it is over */
    boolean post(Runnable event) {
        return waiting.offer(event);
    }

    /** Any thread. */
    CallFigures figures() {
        return figures;
    }

    // ---- for the lines, on the loop

    SipConfig config() {
        return config;
    }

    PhoneMedia media() {
        return media;
    }

    Prompts prompts() {
        return prompts;
    }

    Conference conference() {
        return conference;
    }

    /** The place of a call that {@link #mayBegin} let in. */
    Entries.Place place(String source) {
        return entries.place(source);
    }

    SecureRandom random() {
        return random;
    }

    EntryGuard guard() {
        return guard;
    }

    Messages messages() {
        return messages;
    }

    Clock clock() {
        return clock;
    }

    /** Something that may block; its result has to be posted. @return false: nobody is free for it */
    boolean slowly(Runnable work) {
        try {
            slow.execute(work);
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    int nextUnknown(UUID room) {
        if (lines.size() <= 1) {
            unknownCallers.clear(); // numbers begin anew when nobody is there who has one
        }
        return unknownCallers.merge(room, 1, Integer::sum);
    }

    void ended(PhoneLine line, EndedCall call) {
        if (lines.remove(line)) {
            open.decrementAndGet();
            figures.ended(call.result());
            slowly(() -> records.accept(call));
        }
    }

    // ---- the loop

    @Override
    public void run() {
        started = true;
        try {
            long nextPollNs = System.nanoTime();
            while (!closing) {
                Runnable event = waiting.poll(lines.isEmpty() ? IDLE_POLL_MS : POLL_MS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    guarded(event);
                }
                long now = System.nanoTime();
                if (nextPollNs - now <= 0) {
                    nextPollNs = now + TimeUnit.MILLISECONDS.toNanos(POLL_MS);
                    List.copyOf(lines).forEach(line -> guarded(() -> line.poll(now)));
                    registrars.forEach(registrar -> guarded(() -> registrar.poll(now)));
                    pingers.forEach(pinger -> guarded(() -> pinger.poll(now)));
                    figures.publish(openCalls(), registrars, pingers);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            List.copyOf(lines).forEach(line -> guarded(() -> line.hangUp("server_stops")));
            registrars.forEach(registrar -> guarded(registrar::unregister));
            ended.countDown();
        }
    }

    /** A mistake of ours in one call is not the end of all others. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "a fault in a telephone call; the others go on", fault);
        }
    }

    int openCalls() {
        return open.get();
    }

    /** Every call gets its BYE. @return whether that was done in time */
    boolean close(long patienceMs) {
        closing = true;
        try {
            return !started || ended.await(patienceMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
