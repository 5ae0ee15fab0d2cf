/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.plenum.media.core.layers.StreamRewriter;
import org.plenum.media.core.peer.TestLoop;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.Vp8Descriptor;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.media.core.srtp.SrtpProfile;

/** What one packet of a camera costs on its way through the engine, without I/O: ns for each, of 1190 octets. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PacketBenchmark {
    private static final int PAYLOAD = 1170;
    private static final int RECEIVERS = 50;

    private final byte[] packet = camera(1);
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private final RtpView view = new RtpView();
    private final RtcpView reports = new RtcpView();
    private final byte[] report =
            TestRoom.report(writer -> writer.senderReport(0xCAFE, 1, 2, 3, 4)); // compound, one packet
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final StreamRewriter rewriter = new StreamRewriter(90_000, 1, 1, 512);
    private int sequence;
    private long nowNs;

    private static byte[] camera(int seq) {
        byte[] small = TestRoom.video(0xCAFE, seq, 3000L * seq, seq == 1);
        return Arrays.copyOf(small, small.length + PAYLOAD);
    }

    /** Puts a camera's next packet into the buffer. */
    private RtpView next() {
        sequence++;
        nowNs += 1_000_000;
        buffer.clear().put(0, packet).putShort(2, (short) sequence).putInt(4, 90 * sequence);
        view.wrap(buffer, 0, packet.length);
        return view;
    }

    @Benchmark
    public int parse() {
        return next().extension(TestRoom.MID) + view.payloadOffset();
    }

    @Benchmark
    public int parseReport() {
        buffer.clear().put(0, report);
        reports.wrap(buffer, 0, report.length);
        int packets = 0;
        while (reports.next()) {
            packets++;
        }
        return packets;
    }

    @Benchmark
    public int rewrite() {
        next();
        vp8.wrap(buffer, view.payloadOffset(), view.payloadLength());
        rewriter.accept(1, view, vp8, null, nowNs);
        rewriter.rewrite(vp8);
        return rewriter.sequenceNumber();
    }

    /** Both ends of a protected line. */
    @State(Scope.Thread)
    public static class Protected {
        @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
        public SrtpProfile profile;

        private SrtpContext sender;
        private SrtpContext receiver;

        @Setup
        public void keys() {
            byte[] material = new byte[profile.keyingMaterialLength()];
            new Random(7).nextBytes(material);
            sender = new SrtpContext(profile, material, true);
            receiver = new SrtpContext(profile, material, false);
        }
    }

    @Benchmark
    public int protect(Protected line) {
        next();
        return line.sender.protectRtp(buffer, 0, packet.length);
    }

    /** With the protection that it takes to have something: the difference to {@link #protect} is what it costs. */
    @Benchmark
    public int protectAndUnprotect(Protected line) {
        next();
        int length = line.sender.protectRtp(buffer, 0, packet.length);
        return line.receiver.unprotectRtp(buffer, 0, length);
    }

    /** One camera, fifty receivers; the cipher is the null cipher. */
    @State(Scope.Thread)
    public static class Lecture {
        private final TestRoom test = new TestRoom();
        private final Track camera = test.camera();

        public Lecture() {
            test.loop.keep = false;
            for (int i = 0; i < RECEIVERS; i++) {
                TestLoop.Client receiver = test.loop.client().connect();
                Delivery delivery = (Delivery) test.room.subscribe(receiver.peer, camera);
                delivery.start(new Forwarding.SubscriptionSpec(
                        "7", 120, 121, -1, TestRoom.extensions(HeaderExtensions.TRANSPORT_WIDE_CC, 12)));
            }
        }
    }

    /** Fifty packets out. */
    @Benchmark
    public long forwardToFifty(Lecture lecture) {
        next();
        lecture.test.loop.nowNs += 1_000_000;
        lecture.test.alice.receivesInPlace(buffer, packet.length + TestLoop.TAG);
        return lecture.test.loop.packetsSent;
    }
}
