/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A bad line between clients and a server, for UDP: what comes to it goes on to the server and back, one line for all of its clients.
 * For tests and by hand; a thread of its own.
 *
 * <p>By hand: {@code java -cp ... Relay 127.0.0.1:11000 127.0.0.1:10000 [SCENARIO]}. Each line of standard input is a step as in the
 * scenario file, for example {@code {"downKbit":500,"queueMs":300}}; {@code stats} prints what happened, the end of the input ends it.
 */
public final class Relay implements Closeable {
    private static final int LARGEST = 65_536;
    private static final int OVERHEAD = 28; // IPv4 and UDP, which the line carries too
    private static final int LONGEST_WAIT_MS = 4096;
    private static final int MOST_CLIENTS = 256;
    private static final int SYSTEM_BUFFER = 4 << 20;
    private static final String OTHER_ADDRESS = "127.0.0.77";

    /** A datagram on its way. */
    private record Packet(Flow flow, byte[] octets) {}

    /** One client: its packets come from a port of ours. */
    private static final class Flow {
        final SocketAddress client;
        DatagramChannel out;

        Flow(SocketAddress client) {
            this.client = client;
        }
    }

    private final DatagramChannel front;
    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final Map<SocketAddress, Flow> flows = new HashMap<>();
    private final Queue<FutureTask<?>> commands = new ConcurrentLinkedQueue<>();
    private final OneWay<Packet> up;
    private final OneWay<Packet> down;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final Thread thread = new Thread(this::run, "relay");
    private volatile boolean closing;
    private volatile IOException failure;
    private final int[] waits = new int[LONGEST_WAIT_MS]; // packets to clients by how long they had to wait

    /** @param listen port 0 for any */
    public Relay(InetSocketAddress listen, InetSocketAddress server, long seed) throws IOException {
        this.server = server;
        up = new OneWay<>(new Random(seed));
        down = new OneWay<>(new Random(seed + 1));
        front = open(listen);
        front.register(selector, SelectionKey.OP_READ);
        thread.setDaemon(true);
        thread.start();
    }

    private static DatagramChannel open(InetSocketAddress at) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, SYSTEM_BUFFER);
        channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, SYSTEM_BUFFER);
        return channel.bind(at);
    }

    /** Where clients find it. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) front.getLocalAddress();
    }

    /** Changes the line, whatever the time of the step says. Any thread. */
    public void apply(Step step) {
        post(() -> {
            change(step, System.nanoTime());
            return step;
        });
    }

    /** Plays a scenario in its time; returns at its last step. */
    public void play(Scenario scenario) throws InterruptedException {
        long beginNs = System.nanoTime();
        for (Step step : scenario.steps()) {
            TimeUnit.NANOSECONDS.sleep(step.atNs() - (System.nanoTime() - beginNs));
            apply(step);
        }
    }

    /**
     * One line of JSON: packets offered, lost and dropped each way, octets that were carried, and how long those to clients had to wait in the queue since the last
     * call, 95 of 100 less. Any thread.
     */
    public String statistics() throws IOException, InterruptedException {
        try {
            return post(this::describe).get();
        } catch (ExecutionException broken) {
            throw new IOException(broken.getCause());
        }
    }

    private <T> FutureTask<T> post(Callable<T> command) {
        FutureTask<T> task = new FutureTask<>(command);
        commands.add(task);
        selector.wakeup();
        return task;
    }

    private String describe() throws IOException {
        if (failure != null) {
            throw failure;
        }
        long all = Arrays.stream(waits).sum();
        int p95 = 0;
        for (long below = waits[0]; below * 100 < all * 95; below += waits[p95]) {
            p95++;
        }
        int end = waits.length;
        while (end > 0 && waits[end - 1] == 0) {
            end--;
        }
        String eachMs =
                Arrays.stream(waits, 0, end).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        Arrays.fill(waits, 0);
        return "{\"up\":" + counts(up) + ",\"down\":" + counts(down) + ",\"queueP95Ms\":" + p95 + ",\"queueMs\":"
                + eachMs + "}";
    }

    private void run() {
        try {
            while (!closing) {
                pass();
            }
        } catch (IOException gone) {
            failure = gone;
        }
    }

    private void pass() throws IOException {
        long soonestNs = Math.min(up.deadlineNs(), down.deadlineNs());
        long waitNs = soonestNs == Long.MAX_VALUE ? TimeUnit.SECONDS.toNanos(1) : soonestNs - System.nanoTime();
        if (waitNs <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNs)));
        }
        long nowNs = System.nanoTime();
        for (FutureTask<?> command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() == null) {
                fromClients(nowNs);
            } else {
                fromServer((Flow) key.attachment(), (DatagramChannel) key.channel(), nowNs);
            }
        }
        selector.selectedKeys().clear();
        deliver(System.nanoTime());
    }

    private static String counts(OneWay<Packet> way) {
        return "{\"offered\":" + way.offered() + ",\"lost\":" + way.lost() + ",\"dropped\":" + way.dropped()
                + ",\"octets\":" + way.carried() + "}";
    }

    private void change(Step step, long nowNs) throws IOException {
        up.conditions(step.up(up.conditions()), nowNs);
        down.conditions(step.down(down.conditions()), nowNs);
        if (step.newSourcePort() || step.newSourceAddress()) {
            for (Flow flow : flows.values()) {
                flow.out.close();
                connect(flow, step.newSourceAddress() ? OTHER_ADDRESS : null);
            }
        }
    }

    private void connect(Flow flow, String address) throws IOException {
        flow.out = open(address == null ? null : new InetSocketAddress(address, 0));
        flow.out.connect(server);
        flow.out.register(selector, SelectionKey.OP_READ, flow);
    }

    private void fromClients(long nowNs) throws IOException {
        for (SocketAddress client = read(front); client != null; client = read(front)) {
            Flow flow = flows.get(client);
            if (flow == null && flows.size() < MOST_CLIENTS) {
                flow = new Flow(client);
                connect(flow, null);
                flows.put(client, flow);
            }
            if (flow != null) {
                byte[] octets = taken();
                up.offer(new Packet(flow, octets), octets.length + OVERHEAD, nowNs);
            }
        }
    }

    private void fromServer(Flow flow, DatagramChannel channel, long nowNs) throws IOException {
        while (channel.isOpen() && read(channel) != null) {
            byte[] octets = taken();
            waits[(int) Math.min(LONGEST_WAIT_MS - 1, TimeUnit.NANOSECONDS.toMillis(down.queueNs(nowNs)))]++;
            down.offer(new Packet(flow, octets), octets.length + OVERHEAD, nowNs);
        }
    }

    private SocketAddress read(DatagramChannel channel) throws IOException {
        buffer.clear();
        try {
            return channel.receive(buffer);
        } catch (SocketException refused) { // an ICMP message about what was sent before
            return null;
        }
    }

    private byte[] taken() {
        byte[] octets = new byte[buffer.flip().remaining()];
        buffer.get(octets);
        return octets;
    }

    private void deliver(long nowNs) throws IOException {
        for (Packet packet = up.take(nowNs); packet != null; packet = up.take(nowNs)) {
            try {
                packet.flow().out.write(ByteBuffer.wrap(packet.octets()));
            } catch (SocketException refused) {
                // the server is not there: what is sent is lost
            }
        }
        for (Packet packet = down.take(nowNs); packet != null; packet = down.take(nowNs)) {
            front.send(ByteBuffer.wrap(packet.octets()), packet.flow().client);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (Flow flow : flows.values()) {
            flow.out.close();
        }
        front.close();
        selector.close();
    }

    /** See above. */
    @SuppressWarnings("SystemOut") // this is what it is for
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Relay relay = new Relay(address(arguments[0]), address(arguments[1]), 1);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("{\"port\":" + relay.address().getPort() + "}");
            if (arguments.length > 2) {
                relay.play(Scenario.named(arguments[2]));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.equals("stats")) {
                    relay.apply(new Step(0, read(line)));
                }
                System.out.println(relay.statistics());
            }
        }
    }

    private static JsonObject read(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
