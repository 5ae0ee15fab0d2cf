/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.plenum.media.api.MediaStatistics;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.peer.Peers;
import org.plenum.media.core.peer.Route;
import org.plenum.media.core.room.Forwarding;
import org.plenum.media.core.room.ForwardingRoom;
import org.plenum.media.core.room.MediaPlane;
import org.plenum.media.core.room.Workbench;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.media.livekit.Entrance;
import org.plenum.media.livekit.SignalRooms;

/**
 * One thread that owns the media ports, the transports behind it, the rooms and their signaling sessions: a packet is received,
 * decrypted, forwarded and sent without changing hands. Everybody else posts {@link Commands}. The only place that reads a clock.
 */
final class MediaLoop implements Runnable, MediaPlane, Peers.RouteWatcher {
    private static final int BATCH = 64;
    private static final int MOST_ROUNDS = 8; // of receiving, in one pass
    private static final int COMMANDS = 8192;
    private static final int COMMANDS_PER_PASS = 256; // media goes on between
    private static final int MOST_PEERS = 8192;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5); // nothing is polled more often
    /** What is due and not pressing waits so long for a packet that the loop wakes up for anyway. */
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1); // statistics are never older
    private static final System.Logger LOG = System.getLogger("org.plenum.media");
    private static final int MOST_FAULTS_LOGGED = 20;

    private final MediaPort port;
    private final PacketBatch inbound = new PacketBatch(BATCH, 2048);
    private final Outbound outbound;
    private final Commands commands;
    private final Peers peers;
    private final Workbench workbench;
    private final Runnable fanOut;
    private final SignalRooms sessions;
    private final List<ForwardingRoom> rooms = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean closing;
    private volatile MediaStatistics statistics = new MediaStatistics(new TreeMap<>(), new TreeMap<>());

    private long nowNs; // of this pass
    private long lastPollNs;
    private long nextPollNs; // if the loop is awake then
    private long wakeNs; // for the next poll
    private long nextStatisticsNs;
    private long received;
    private long receivedBytes;
    private long faults;
    private long longestPassNs;

    MediaLoop(MediaPort port, DtlsIdentity identity, DtlsWorkers workers, MediaConfig config, Entrance entrance) {
        this.port = port;
        outbound = new Outbound(port);
        commands = new Commands(COMMANDS, port::wakeup);
        SecureRandom random = new SecureRandom();
        peers = new Peers(
                new Peers.Settings(
                        outbound,
                        this,
                        new BouncyDtls(identity, workers, commands),
                        SrtpContext::new,
                        config.candidates(),
                        MOST_PEERS),
                random);
        workbench = new Workbench(random);
        fanOut = workbench::fanOut;
        sessions = new SignalRooms(this, entrance, random, MediaLoop::wallMs);
        port.present(sessions::isPresent);
    }

    static long wallMs(long nowNs) {
        return System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(nowNs - System.nanoTime());
    }

    /** Something to be done with the sessions, on the loop. */
    @FunctionalInterface
    interface SessionCommand {
        void run(SignalRooms rooms, long nowNs);
    }

    // ---- for other threads

    MediaStatistics statistics() {
        return statistics;
    }

    /** Posts something to be done with the sessions. @return false: the loop is too busy or has ended. */
    boolean post(SessionCommand command) {
        return commands.post(() -> command.run(sessions, nowNs));
    }

    /** For what must not get lost, such as the end of a socket: taken even when the queue is full, as long as the loop runs. */
    void mustPost(SessionCommand command) {
        commands.mustPost(() -> command.run(sessions, nowNs));
    }

    /** Asks the loop to end, and waits if it ever began. @return whether it has ended */
    boolean close(long patienceMs) throws InterruptedException {
        closing = true;
        commands.close();
        port.wakeup();
        return !started || ended.await(patienceMs, TimeUnit.MILLISECONDS);
    }

    // ---- the loop

    @Override
    public void run() {
        started = true;
        try {
            lastPollNs = nextPollNs = wakeNs = nextStatisticsNs = System.nanoTime();
            while (!closing) {
                pass();
            }
            sayGoodbye();
        } catch (IOException portGone) {
            LOG.log(closing ? Level.DEBUG : Level.ERROR, "the media port failed: no media any more", portGone);
        } finally {
            commands.close();
            ended.countDown();
        }
    }

    private void pass() throws IOException {
        long nowNs = System.nanoTime();
        this.nowNs = nowNs;
        boolean commanded = runCommands();
        int packets = receive();
        if (commanded || packets > 0) {
            comeNearer(commanded);
        }
        pollIfDue(nowNs);
        outbound.flush();
        if (packets > 0 || commanded) {
            longestPassNs = Math.max(longestPassNs, System.nanoTime() - nowNs);
        }
        if (packets < BATCH && commands.isEmpty()) { // what has come meanwhile ends the wait at once
            port.await(Math.min(IDLE_NS, wakeNs - System.nanoTime()));
        }
    }

    /** Packets of a frame follow each other closely: while one is handled the next comes, and they are forwarded together. @return how many */
    private int receive() throws IOException {
        int packets = 0;
        int more = 1;
        for (int round = 0; round < MOST_ROUNDS && more > 0 && (round == 0 || workbench.isFrameOpen()); round++) {
            port.receive(inbound, nowNs);
            more = inbound.size();
            packets += more;
            handlePackets(nowNs);
        }
        guarded(fanOut);
        return packets;
    }

    private boolean runCommands() {
        int done = 0;
        for (Runnable command; done < COMMANDS_PER_PASS && (command = commands.next()) != null; done++) {
            guarded(command);
        }
        return done > 0;
    }

    private void handlePackets(long nowNs) {
        for (int i = 0; i < inbound.size(); i++) {
            Path path = inbound.path(i);
            try {
                received++;
                receivedBytes += inbound.length(i);
                peers.receive(path, inbound.buffer(i), inbound.length(i), nowNs);
            } catch (RuntimeException fault) {
                report(fault);
            }
            inbound.buffer(i).clear();
        }
        inbound.clear();
    }

    /** Deadlines may have come nearer. To be awake already is cheaper than to wake up, so who does not hurry waits for the next packet. */
    private void comeNearer(boolean commanded) {
        boolean hurried = workbench.takeHurry() || commanded;
        nextPollNs = Math.min(nextPollNs, lastPollNs + (hurried ? TICK_NS : PATIENCE_NS));
        wakeNs = Math.min(wakeNs, hurried ? nextPollNs : nextPollNs + PATIENCE_NS);
    }

    private void pollIfDue(long nowNs) {
        if (nextPollNs - nowNs > 0) {
            return;
        }
        lastPollNs = nowNs;
        long soonest = nowNs + IDLE_NS;
        guarded(() -> peers.poll(nowNs));
        port.poll(nowNs);
        for (int i = rooms.size() - 1; i >= 0; i--) {
            ForwardingRoom room = rooms.get(i);
            guarded(() -> room.poll(nowNs));
            soonest = soonest(soonest, room.deadlineNs(), nowNs);
        }
        if (sessions.nextDeadlineNs(nowNs) - nowNs <= 0) {
            guarded(() -> sessions.poll(nowNs));
        }
        wakeNs = Math.max(nowNs + TICK_NS, soonest);
        soonest = soonest(soonest, peers.deadlineNs(), nowNs);
        soonest = soonest(soonest, sessions.nextDeadlineNs(nowNs), nowNs);
        nextPollNs = Math.max(nowNs + TICK_NS, soonest);
        wakeNs = Math.min(wakeNs, nextPollNs + PATIENCE_NS);
        if (nextStatisticsNs - nowNs <= 0) {
            statistics = measure();
            nextStatisticsNs = nowNs + IDLE_NS;
        }
    }

    /** A far deadline is Long.MAX_VALUE, which differences do not survive. */
    private static long soonest(long soonest, long deadlineNs, long nowNs) {
        return deadlineNs != Long.MAX_VALUE && deadlineNs - soonest < 0 ? Math.max(deadlineNs, nowNs) : soonest;
    }

    /** A mistake of ours in one session or packet is not the end of all others. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    private void report(RuntimeException fault) {
        if (++faults <= MOST_FAULTS_LOGGED) {
            LOG.log(Level.ERROR, "a fault in the media loop, which goes on", fault);
        }
    }

    private void sayGoodbye() {
        long nowNs = System.nanoTime();
        guarded(() -> sessions.close(nowNs));
        guarded(peers::close);
        outbound.flush();
    }

    private MediaStatistics measure() {
        SortedMap<String, Long> counters = new TreeMap<>();
        SortedMap<String, Long> gauges = new TreeMap<>();
        counters.put("packets_in", received);
        counters.put("bytes_in", receivedBytes);
        counters.put("packets_out", outbound.packets());
        counters.put("bytes_out", outbound.bytes());
        counters.put("packets_unsent", port.unsent());
        counters.put("loop_faults", faults);
        for (Drop reason : Drop.values()) {
            counters.put(reason.statistic(), peers.drops().of(reason));
        }
        gauges.put("transports", (long) peers.size());
        gauges.put("tcp_connections", (long) port.connections());
        gauges.put("turn_allocations", (long) port.allocations());
        gauges.put("rooms", (long) rooms.size());
        gauges.put("loop_longest_pass_us", TimeUnit.NANOSECONDS.toMicros(longestPassNs));
        longestPassNs = 0;
        sessions.statistics(counters, gauges);
        return new MediaStatistics(
                Collections.unmodifiableSortedMap(counters), Collections.unmodifiableSortedMap(gauges));
    }

    // ---- what the sessions and transports ask of the loop

    @Override
    public Connection openConnection(Connection.Listener listener) {
        return peers.open(listener);
    }

    @Override
    public LocalConnection openLocal(Connection.Listener listener, LocalConnection.Taker taker) {
        return new LocalConnection(peers.drops(), listener, taker);
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public Forwarding openRoom(Forwarding.Listener listener) {
        ForwardingRoom room = new ForwardingRoom(workbench, listener, rooms::remove);
        rooms.add(room);
        return room;
    }

    @Override
    public void bound(Route route) {
        port.remember((Path) route);
    }

    @Override
    public void unbound(Route route) {
        port.forget((Path) route);
    }
}
