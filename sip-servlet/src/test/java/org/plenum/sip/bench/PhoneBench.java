/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.PeerKind;
import org.plenum.media.api.TrackId;
import org.plenum.media.api.TrackSource;
import org.plenum.sip.audio.Codecs;
import org.plenum.sip.audio.OpusCodec;
import org.plenum.sip.audio.Pcm;
import org.plenum.sip.audio.PhoneCodec;
import org.plenum.sip.media.Leg;
import org.plenum.sip.media.LegListener;
import org.plenum.sip.media.LegParameters;
import org.plenum.sip.media.PhoneMedia;
import org.plenum.sip.media.RtpPorts;

/**
 * What many callers cost, and how long their words take: rooms full of G.711 telephones over loopback sockets, one talking and three
 * speakers of the conference in each. Prints CPU of the media clocks and the delays of bursts of a tone.
 * Arguments: rooms, callers in each, seconds.
 */
public final class PhoneBench {
    private static final long FRAME_NS = 20_000_000L;
    private static final int PAYLOAD = 160;
    private static final int HEADER = 12;
    private static final int PERIOD = 50; // frames from burst to burst
    private static final int BURST = 10;
    private static final int WARM_UP_S = 25;

    private final int rooms;
    private final int callers;
    private final List<Phone> phones = new ArrayList<>();
    private final BenchEngine engine = new BenchEngine();
    private final byte[][] talk = bursts();
    private final byte[][] hum = quiet();
    private final byte[][] opus = opusBursts();
    private final List<Long> phoneToPhone = new ArrayList<>();
    private final List<Long> roomToPhone = new ArrayList<>();
    private final List<Long> phoneToRoom = new ArrayList<>();
    private volatile boolean measuring;
    private volatile long burstNs;
    private long roomBurstNs;
    private boolean roomLoud = true;

    private PhoneBench(int rooms, int callers) {
        this.rooms = rooms;
        this.callers = callers;
    }

    /** A telephone: its socket, and what it heard. */
    private static final class Phone {
        final DatagramChannel socket;
        final InetSocketAddress server;
        final ByteBuffer out = ByteBuffer.allocate(HEADER + PAYLOAD);
        final ByteBuffer in = ByteBuffer.allocate(400);
        final int number;
        long received;
        boolean loud = true;

        Phone(DatagramChannel socket, InetSocketAddress server, int number) {
            this.socket = socket;
            this.server = server;
            this.number = number;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rooms = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int callers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        new PhoneBench(rooms, callers).run(seconds);
    }

    private static byte[][] bursts() {
        PhoneCodec codec = Codecs.PCMA.make();
        byte[][] frames = new byte[PERIOD][PAYLOAD];
        short[] frame = new short[Pcm.FRAME];
        for (int i = 0; i < PERIOD; i++) {
            for (int k = 0; k < Pcm.FRAME; k++) {
                frame[k] =
                        (short) (i < BURST ? 9000 * Math.sin(2 * Math.PI * 600 * (i * Pcm.FRAME + k) / Pcm.RATE) : 0);
            }
            codec.encode(frame, frames[i], 0);
        }
        return frames;
    }

    private static byte[][] quiet() {
        byte[][] frames = new byte[1][PAYLOAD];
        Arrays.fill(frames[0], (byte) 0xD5);
        return frames;
    }

    private static byte[][] opusBursts() {
        OpusCodec codec = new OpusCodec(5);
        byte[][] frames = new byte[PERIOD][];
        short[] frame = new short[Pcm.FRAME];
        byte[] octets = new byte[1000];
        for (int i = 0; i < PERIOD; i++) {
            for (int k = 0; k < Pcm.FRAME; k++) {
                frame[k] = (short)
                        (i >= 25 && i < 25 + BURST
                                ? 9000 * Math.sin(2 * Math.PI * 440 * (i * Pcm.FRAME + k) / Pcm.RATE)
                                : 0);
            }
            frames[i] = Arrays.copyOf(octets, codec.encode(frame, octets, 0));
        }
        return frames;
    }

    private void run(int seconds) throws Exception {
        Random random = new Random(1);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        RtpPorts ports = new RtpPorts(20_000, 29_999, random);
        PhoneMedia media = new PhoneMedia(
                engine.media(), ports, random, Runtime.getRuntime().availableProcessors());
        List<Thread> clocks = new ArrayList<>();
        for (Runnable clock : media.clocks()) {
            Thread thread = new Thread(clock, "clock");
            thread.start();
            clocks.add(thread);
        }
        for (int room = 0; room < rooms; room++) {
            for (int caller = 0; caller < callers; caller++) {
                phones.add(dialIn(media, loopback, room, caller));
            }
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = 0;
        long wall = 0;
        long packets = 0;
        long late = 0;
        long begin = System.nanoTime();
        for (int frame = 0; frame < (WARM_UP_S + seconds) * 50; frame++) {
            if (frame == WARM_UP_S * 50) {
                measuring = true;
                cpu = cpu(threads, clocks);
                wall = System.nanoTime();
                late = media.gauges().get("beats_late");
                packets = phones.stream().mapToLong(phone -> phone.received).sum();
            }
            long due = begin + frame * FRAME_NS;
            say(frame);
            do { // listen until the next frame is due
                phones.forEach(this::listen);
                LockSupport.parkNanos(2_000_000);
            } while (due + FRAME_NS - System.nanoTime() > 0);
        }
        long cpuNs = cpu(threads, clocks) - cpu;
        long wallNs = System.nanoTime() - wall;
        long heard = phones.stream().mapToLong(phone -> phone.received).sum() - packets;
        System.out.printf(
                "%d rooms of %d callers: %.2f cores (%.2f %% of a core a caller), %.1f packets/s to each, %d beats late%n",
                rooms,
                callers,
                (double) cpuNs / wallNs,
                100.0 * cpuNs / wallNs / phones.size(),
                heard * 1e9 / wallNs / phones.size(),
                media.gauges().get("beats_late") - late);
        print("telephone to telephone", phoneToPhone);
        print("telephone to the room", phoneToRoom);
        print("the room to telephones", roomToPhone);
        media.close(2000);
        System.exit(0);
    }

    private static long cpu(ThreadMXBean threads, List<Thread> clocks) {
        return clocks.stream()
                .mapToLong(clock -> threads.getThreadCpuTime(clock.getId()))
                .sum();
    }

    private Phone dialIn(PhoneMedia media, InetAddress loopback, int room, int caller) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.configureBlocking(false);
        socket.bind(new InetSocketAddress(loopback, 0));
        Leg leg = media.open(
                        new LegListener() {
                            @Override
                            public void key(char key) {
                                throw new AssertionError("nobody types");
                            }

                            @Override
                            public void promptsOver() {
                                throw new AssertionError("nothing is announced");
                            }
                        },
                        loopback,
                        System.nanoTime())
                .orElseThrow();
        InetSocketAddress self = (InetSocketAddress) socket.getLocalAddress();
        leg.use(new LegParameters(
                Codecs.PCMA, 8, -1, self, true, true, false, address -> false, true, Optional.empty()));
        MediaRoomId name = new MediaRoomId("room " + room);
        engine.listeners.put(name, room == 0 && caller == 0 ? this::heardInRoom : packet -> {});
        media.enter(
                leg,
                name,
                new LocalPeerSpec(room + ":" + caller, "", PeerKind.SIP, Set.of(TrackSource.MICROPHONE)),
                event -> {});
        return new Phone(socket, new InetSocketAddress(loopback, leg.portNumber()), caller);
    }

    private void say(int frame) throws IOException {
        int step = frame % PERIOD;
        long now = System.nanoTime();
        if (step == 0) {
            burstNs = now;
        }
        if (step == 25) {
            roomBurstNs = now;
        }
        for (Phone phone : phones) {
            byte[][] sound = phone.number == 0 ? talk : hum;
            ByteBuffer out = phone.out;
            out.clear();
            out.put((byte) 0x80)
                    .put((byte) 8)
                    .putShort((short) frame)
                    .putInt(frame * PAYLOAD)
                    .putInt(phone.number + 1);
            out.put(sound[step % sound.length]).flip();
            phone.socket.send(out, phone.server);
        }
        engine.taps.forEach(tap -> {
            for (int speaker = 0; speaker < 3; speaker++) {
                byte[] payload = opus[speaker == 0 ? step : PERIOD - 1];
                tap.accept(new AudioTapEvent.Audio(
                        "speaker " + speaker,
                        new TrackId("TR_" + speaker),
                        frame & 0xFFFF,
                        new OpusPacket(payload, frame * 960, false, (byte) 30, true)));
            }
        });
    }

    private void heardInRoom(OpusPacket packet) {
        boolean loud = packet.levelDbov() < 35;
        if (loud && !roomLoud && measuring) {
            synchronized (phoneToRoom) {
                phoneToRoom.add(System.nanoTime() - burstNs);
            }
        }
        roomLoud = loud;
    }

    private void listen(Phone phone) {
        try {
            phone.in.clear();
            while (phone.socket.receive(phone.in) != null) {
                if (phone.in.position() == HEADER + PAYLOAD) {
                    phone.received++;
                    hear(phone);
                }
                phone.in.clear();
            }
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** A burst begins where ten samples of a packet are loud: the quietest of the loud A-law steps is far above noise. */
    private void hear(Phone phone) {
        int strong = 0;
        for (int i = 0; i < PAYLOAD; i++) {
            int code = phone.in.get(HEADER + i) ^ 0x55;
            strong += (code & 0x70) >= 0x50 ? 1 : 0;
        }
        boolean loud = strong > 10;
        if (loud && !phone.loud && measuring) {
            long now = System.nanoTime();
            boolean fromRoom = roomBurstNs - burstNs > 0;
            if (fromRoom) {
                roomToPhone.add(now - roomBurstNs);
            } else if (phone.number != 0) {
                phoneToPhone.add(now - burstNs);
            }
        }
        phone.loud = loud;
    }

    private static void print(String what, List<Long> delays) {
        long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            System.out.println(what + ": nothing was heard");
            return;
        }
        System.out.printf(
                "%s: %d bursts, mean %.0f ms, p95 %.0f ms, most %.0f ms%n",
                what,
                sorted.length,
                LongStream.of(sorted).average().orElse(0) / 1e6,
                sorted[(int) (sorted.length * 0.95)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
