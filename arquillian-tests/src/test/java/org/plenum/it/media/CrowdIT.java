/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plenum.it.signaling.TestMeetings;
import org.plenum.it.support.PlenumServer;
import org.plenum.it.support.Rest;
import org.plenum.it.support.Signaling;

/** Whoever has gone leaves nothing behind: not in the counters, not in the process, not in its memory. */
class CrowdIT {
    private static final int VISITS = 50;

    /** What lives as long as somebody is there. */
    private static final List<String> PER_PERSON = List.of(
            "org.plenum.media.core.peer.Peer",
            "org.plenum.media.core.room.RoomMember",
            "org.plenum.media.core.room.Delivery",
            "org.plenum.media.core.srtp.SrtpContext",
            "org.plenum.media.livekit.Participant",
            "org.plenum.media.io.BouncyDtls",
            "org.plenum.conference.live.Person",
            "org.plenum.conference.live.Connection",
            "org.plenum.conference.live.LiveRoom");

    /**
     * Of {@value #VISITS}: the last ones may still hang on a cancelled timer, an idle thread or a cache. A person has
     * two peers and several contexts, so that two people are eight objects of a kind; a leak would be one a visit.
     */
    private static final int MOST_HELD = 8;

    /** Seconds in which the last cancelled timers fall due, and buffers are freed. */
    private static final int PATIENCE = 60;

    /** Pools of the server and of the JDK that a first crowd fills. */
    private static final int POOLED_THREADS = 12;

    private static final int POOLED_FILES = 12;

    /** Of the server's own pools, which a first crowd fills. */
    private static final int POOLED_BUFFERS = 200;

    /** The same in a soak, before which they are filled; a leak would be thousands. */
    private static final int LOOSE_BUFFERS = 64;

    /** At a time: threads of the server that have buffers to free do so when they serve somebody. */
    private static final int REQUESTS = 64;

    /** Octets: what the server keeps of requests and of its own classes. */
    private static final long LOOSE_HEAP = 24L << 20;

    private static final String SOAK = "plenum.soak.minutes";
    private static final String ALL = "Total";
    private static final String DIRECT = "java.nio.DirectByteBuffer";

    /** @param heap octets of all living objects @param direct buffers outside of the heap */
    private record Trace(
            SortedMap<String, Long> gauges,
            long threads,
            long files,
            long heap,
            long direct,
            SortedMap<String, Long> instances) {}

    @Test
    @DisplayName("50 joins and leaves, with sound, leave no session, room, thread, socket or buffer behind")
    void crowd() throws Exception {
        leavesNothing(Duration.ZERO, POOLED_BUFFERS);
    }

    @Test
    @DisplayName("The same for as long as plenum.soak.minutes says; heap and direct memory end where they began")
    @Tag("soak") // -Pit,full
    void soak() throws Exception {
        visit(VISITS); // compilers and caches have seen it all
        leavesNothing(Duration.ofMinutes(Integer.getInteger(SOAK)), LOOSE_BUFFERS);
    }

    /** @param atLeast one round in any case @param buffers more than before, at most */
    @SuppressWarnings("SystemOut") // figures for whoever runs it by hand
    private static void leavesNothing(Duration atLeast, int buffers) throws Exception {
        visit(3); // pools and caches are filled
        idle(atLeast);
        Trace before = settled();
        long end = System.nanoTime() + atLeast.toNanos();
        int visits = 0;
        do {
            visit(VISITS);
            visits += VISITS;
        } while (System.nanoTime() - end < 0);
        idle(atLeast);
        Trace after = settled();
        for (int wait = 0; wait < PATIENCE && holdsMore(before, after, buffers); wait += 5) {
            Thread.sleep(5000);
            if (after.direct() > before.direct() + buffers) {
                serveMany();
            }
            after = settled();
        }
        assertEquals(before.gauges(), after.gauges());
        assertFalse(holdsMore(before, after, buffers), before + " became " + after);
        assertTrue(after.threads() <= before.threads() + POOLED_THREADS, before + " became " + after);
        assertTrue(after.files() <= before.files() + POOLED_FILES, before + " became " + after);
        assertTrue(after.heap() <= before.heap() + LOOSE_HEAP, before + " became " + after);
        System.out.println(visits + " visits: " + before + " became " + after);
    }

    /** A long run waits until the server has closed connections without requests, which takes it a minute, and has buffers freed. */
    private static void idle(Duration run) throws InterruptedException {
        if (!run.isZero()) {
            Thread.sleep(75_000);
            serveMany();
        }
    }

    /** Connections that end with their answers, so that no file stays open for them. */
    private static void serveMany() throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
        clients.invokeAll(Collections.nCopies(REQUESTS, () -> {
            HttpURLConnection connection = (HttpURLConnection)
                    PlenumServer.baseUri().resolve("/metrics").toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            try (InputStream body = connection.getInputStream()) {
                return body.readAllBytes();
            }
        }));
        clients.shutdown();
        Thread.sleep(5000); // until the server has closed its ends
    }

    private static boolean holdsMore(Trace before, Trace after, int buffers) {
        return after.direct() > before.direct() + buffers
                || after.instances().entrySet().stream()
                        .anyMatch(
                                now -> now.getValue() > before.instances().getOrDefault(now.getKey(), 0L) + MOST_HELD);
    }

    private static void visit(int times) {
        MediaStory.tell(Duration.ofSeconds(180), "crowd", MediaStory.NATIVE, String.valueOf(times));
        TestMeetings meeting = TestMeetings.planned();
        try (Signaling host = meeting.enter("alice")) {
            for (int visit = 0; visit < times; visit++) {
                try (Signaling guest = meeting.enterAsGuest("Gast " + visit)) {
                    guest.await("core", "join_success");
                }
                host.await("core", "participant_disconnected");
            }
        }
        meeting.delete();
    }

    /** Rooms are given up a moment after the last person; the gauges say when. */
    private static Trace settled() throws IOException, InterruptedException {
        for (int wait = 0; wait < 90 && gauges().values().stream().anyMatch(value -> value != 0); wait++) {
            Thread.sleep(1000);
        }
        SortedMap<String, Long> living = living();
        SortedMap<String, Long> instances = new TreeMap<>(living);
        instances.keySet().retainAll(PER_PERSON);
        return new Trace(
                gauges(),
                count("task"),
                count("fd"),
                living.getOrDefault(ALL, 0L),
                living.getOrDefault(DIRECT, 0L),
                instances);
    }

    private static SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>();
        Rest.anonymous()
                .get("/metrics")
                .text()
                .lines()
                .filter(
                        line -> line.matches(
                                "plenum_(media_(rooms|transports|signal_(rooms|sessions|tracks|subscriptions))|signaling_(connections|participants|rooms|timers|open_tickets|waiting)) \\d+"))
                .forEach(line -> gauges.put(line.split(" ")[0], Long.valueOf(line.split(" ")[1])));
        return gauges;
    }

    private static long count(String what) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", String.valueOf(PlenumServer.wildflyPid()), what))) {
            return entries.count();
        }
    }

    /** Living objects by class, after a garbage collection, and octets of {@link #ALL}. */
    private static SortedMap<String, Long> living() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(PlenumServer.wildflyPid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        SortedMap<String, Long> instances = new TreeMap<>();
        try (BufferedReader output = jcmd.inputReader()) {
            output.lines().map(line -> line.trim().split("\\s+")).forEach(columns -> {
                if (columns[0].equals(ALL)) {
                    instances.put(ALL, Long.valueOf(columns[2]));
                } else if (columns.length >= 4 && columns[1].matches("\\d+")) {
                    instances.put(columns[3], Long.valueOf(columns[1]));
                }
            });
        }
        return instances;
    }
}
