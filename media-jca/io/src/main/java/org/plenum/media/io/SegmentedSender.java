/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Collects packets side by side and sends them by one system call (sendmmsg(2)), and what goes to the same receiver in packets of the same size as one message that the
 * kernel or the network card cuts (UDP_SEGMENT, udp(7)). Linux on 64 bits, little endian; the structures are those of its ABI. One thread.
 */
final class SegmentedSender {
    private static final int NONE = -1;
    private static final int MESSAGES = Outbound.BATCH;
    private static final int OCTETS = MESSAGES * Outbound.SLOT_OCTETS;
    private static final int MOST_SEGMENTS = 64; // of one message: UDP_MAX_SEGMENTS of older kernels
    private static final int MOST_TOGETHER = 60_000; // octets of one message: below what IP carries

    // struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags }, len }
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;

    private static final int ADDRESS = 32; // room for sockaddr_in6, which has 28 octets
    private static final int IOVEC = 16;
    private static final int CONTROL_ROOM = 32; // CMSG_SPACE(2) is 24
    private static final int CONTROL_USED = 24;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_LENGTH = 28;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final MethodHandle sendmmsg;
    private final int descriptor;
    private final boolean ipv6;
    private final ByteBuffer headers = direct(MESSAGES * HEADER);
    private final ByteBuffer addresses = direct(MESSAGES * ADDRESS);
    private final ByteBuffer vectors = direct(MESSAGES * IOVEC);
    private final ByteBuffer controls = direct(MESSAGES * CONTROL_ROOM);
    private final ByteBuffer payload = direct(OCTETS);
    private final long headersAt;
    private final long vectorsAt;
    private final long payloadAt;
    private final Path[] paths = new Path[MESSAGES];
    private final int[] begins = new int[MESSAGES + 1]; // of a packet, in the payload
    private final boolean[] first = new boolean[MESSAGES]; // packets of their paths
    private final int[] following = new int[MESSAGES]; // packet of the same path
    private int size;
    private long batches = 1; // a new path has been in none
    private final int[] packets = new int[MESSAGES]; // of the batch, in the order of messages
    private final int[] firstPacket = new int[MESSAGES + 1]; // of a message, in packets
    private boolean segments = true;
    private boolean proven; // the system has taken segments

    /** What sends a packet by itself when the system does not take a message. */
    @FunctionalInterface
    interface Single {
        /** @param packet what is between position and limit @return whether the system took it */
        boolean send(Path path, ByteBuffer packet);
    }

    private SegmentedSender(NativeCalls calls, int descriptor, boolean ipv6) throws ReflectiveOperationException {
        this.sendmmsg = calls.function("sendmmsg", int.class, long.class, int.class, int.class);
        this.descriptor = descriptor;
        this.ipv6 = ipv6;
        headersAt = calls.address(headers);
        payloadAt = calls.address(payload);
        long addressesAt = calls.address(addresses);
        vectorsAt = calls.address(vectors);
        long controlsAt = calls.address(controls);
        for (int i = 0; i < MESSAGES; i++) {
            headers.putLong(i * HEADER + NAME, addressesAt + (long) i * ADDRESS);
            headers.putInt(i * HEADER + NAME_LENGTH, ipv6 ? IPV6_LENGTH : IPV4_LENGTH);
            headers.putLong(i * HEADER + CONTROL, controlsAt + (long) i * CONTROL_ROOM);
            controls.putLong(i * CONTROL_ROOM, 18); // CMSG_LEN(2)
            controls.putInt(i * CONTROL_ROOM + 8, SOL_UDP);
            controls.putInt(i * CONTROL_ROOM + 12, UDP_SEGMENT);
        }
    }

    private static ByteBuffer direct(int octets) {
        return ByteBuffer.allocateDirect(octets).order(ByteOrder.nativeOrder());
    }

    /** @return empty where the system or the JDK has no such thing: then every packet is sent by itself */
    static Optional<SegmentedSender> open(DatagramChannel channel) {
        boolean known = System.getProperty("os.name").equals("Linux")
                && (System.getProperty("os.arch").equals("amd64")
                        || System.getProperty("os.arch").equals("aarch64"));
        Optional<NativeCalls> calls = known ? NativeCalls.open() : Optional.empty();
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        try {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            int descriptor = descriptor(calls.get(), local.getPort());
            return Optional.of(
                    new SegmentedSender(calls.get(), descriptor, local.getAddress() instanceof Inet6Address));
        } catch (ReflectiveOperationException | IOException | RuntimeException notHere) {
            System.getLogger("org.plenum.media").log(Level.DEBUG, "packets are sent one by one", notHere);
            return Optional.empty();
        }
    }

    /** The channel does not say its file descriptor; it is the only datagram socket of this process with its port. */
    private static int descriptor(NativeCalls calls, int port) throws ReflectiveOperationException, IOException {
        MethodHandle getsockname = calls.function("getsockname", int.class, long.class, long.class);
        MethodHandle getsockopt = calls.function("getsockopt", int.class, int.class, int.class, long.class, long.class);
        ByteBuffer name = direct(128);
        ByteBuffer length = direct(4);
        int found = -1;
        try (DirectoryStream<java.nio.file.Path> open =
                Files.newDirectoryStream(java.nio.file.Path.of("/proc/self/fd"))) {
            for (java.nio.file.Path entry : open) {
                int candidate = Integer.parseInt(entry.getFileName().toString());
                length.putInt(0, name.capacity());
                if (call(getsockname, candidate, calls.address(name), calls.address(length)) != 0) {
                    continue;
                }
                short family = name.getShort(0);
                int bound = (name.get(2) & 0xFF) << 8 | name.get(3) & 0xFF;
                length.putInt(0, 4);
                boolean datagrams = (family == AF_INET || family == AF_INET6)
                        && bound == port
                        && type(getsockopt, candidate, calls.address(name), calls.address(length)) == 0
                        && name.getInt(0) == SOCK_DGRAM;
                if (datagrams && found >= 0) {
                    throw new NoSuchElementException("two datagram sockets with one port");
                }
                found = datagrams ? candidate : found;
            }
        }
        if (found < 0) {
            throw new NoSuchElementException("no datagram socket with this port");
        }
        return found;
    }

    private static int call(MethodHandle getsockname, int descriptor, long name, long length) {
        try {
            return (int) getsockname.invokeExact(descriptor, name, length);
        } catch (Throwable impossible) { // C does not throw
            throw new IllegalStateException(impossible);
        }
    }

    private static int type(MethodHandle getsockopt, int descriptor, long value, long length) {
        try {
            return (int) getsockopt.invokeExact(descriptor, SOL_SOCKET, SO_TYPE, value, length);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes a packet of at most {@link Outbound#SLOT_OCTETS}; it leaves by {@link #flush}, which is due once {@link #isFull}. */
    void add(Path path, ByteBuffer packet, int length) {
        int begin = begins[size];
        payload.put(begin, packet.array(), packet.arrayOffset(), length);
        begins[size + 1] = begin + length;
        paths[size] = path;
        int before = path.enter(batches, size);
        first[size] = before < 0;
        following[size] = NONE;
        if (before >= 0) {
            following[before] = size;
        }
        size++;
    }

    boolean isFull() {
        return size == MESSAGES;
    }

    /** @param otherwise sends what the system does not take in this form */
    void flush(Single otherwise) {
        int messages = gather();
        for (int done = 0; done < messages; ) {
            int sent = call(done, messages - done);
            if (sent > 0) {
                proven |= firstPacket[done + sent] - firstPacket[done] > sent;
                done += sent;
            } else {
                sendSingly(firstPacket[done], firstPacket[done + 1], otherwise);
                done++;
            }
        }
        size = 0;
        batches++;
    }

    private void sendSingly(int first, int after, Single otherwise) {
        boolean all = true;
        for (int i = first; i < after; i++) {
            int packet = packets[i];
            payload.limit(begins[packet + 1]).position(begins[packet]);
            all &= otherwise.send(paths[packet], payload);
            payload.clear();
        }
        if (after - first > 1 && all && !proven) { // it was not for lack of room: this system does not cut
            segments = false;
        }
    }

    private int call(int first, int count) {
        try {
            return (int) sendmmsg.invokeExact(descriptor, headersAt + (long) first * HEADER, count, 0);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes messages, path by path in the order of their first packets: each takes the next packet and what may go with it. @return how many */
    private int gather() {
        int messages = 0;
        int placed = 0;
        int vector = 0;
        for (int i = 0; i < size; i++) {
            if (!first[i]) {
                continue;
            }
            for (int next = i; next >= 0; messages++) {
                firstPacket[messages] = placed;
                int segment = length(next);
                int octets = 0;
                int firstVector = vector;
                int end = NONE;
                boolean more;
                do {
                    int length = length(next);
                    vector = put(vector, begins[next], length, end);
                    end = begins[next + 1];
                    octets += length;
                    packets[placed++] = next;
                    next = following[next];
                    more = segments
                            && next >= 0
                            && length == segment // only the last one may be shorter
                            && length(next) <= segment
                            && placed - firstPacket[messages] < MOST_SEGMENTS
                            && octets + length(next) <= MOST_TOGETHER;
                } while (more);
                writeAddress(messages * ADDRESS, paths[i]);
                describe(messages, firstVector, vector - firstVector, segment, placed - firstPacket[messages] > 1);
            }
        }
        firstPacket[messages] = placed;
        return messages;
    }

    private int length(int packet) {
        return begins[packet + 1] - begins[packet];
    }

    /** Adds octets to a message: what lies behind the end of the last vector makes that one longer. @return number of the next vector */
    private int put(int vector, int begin, int length, int end) {
        if (begin == end) {
            int at = (vector - 1) * IOVEC + 8;
            vectors.putLong(at, vectors.getLong(at) + length);
            return vector;
        }
        vectors.putLong(vector * IOVEC, payloadAt + begin);
        vectors.putLong(vector * IOVEC + 8, length);
        return vector + 1;
    }

    private void describe(int message, int vector, int count, int segment, boolean several) {
        headers.putLong(message * HEADER + VECTOR, vectorsAt + (long) vector * IOVEC);
        headers.putLong(message * HEADER + VECTOR_LENGTH, count);
        headers.putLong(message * HEADER + CONTROL_LENGTH, several ? CONTROL_USED : 0);
        controls.putShort(message * CONTROL_ROOM + 16, (short) segment);
    }

    /** An IPv6 socket reaches IPv4 by mapped addresses (RFC 4291 section 2.5.5.2). */
    private void writeAddress(int at, Path path) {
        byte[] octets = path.octets();
        addresses.putShort(at, ipv6 ? AF_INET6 : AF_INET);
        addresses.put(at + 2, (byte) (path.port() >> 8));
        addresses.put(at + 3, (byte) path.port());
        if (!ipv6) {
            addresses.put(at + 4, octets, 0, 4);
            addresses.putLong(at + 8, 0);
            return;
        }
        InetAddress remote = path.remote().getAddress();
        addresses.putInt(at + 4, 0);
        if (remote instanceof Inet4Address) {
            addresses.putLong(at + 8, 0);
            addresses.put(at + 16, (byte) 0).put(at + 17, (byte) 0);
            addresses.put(at + 18, (byte) 0xFF).put(at + 19, (byte) 0xFF);
            addresses.put(at + 20, octets, 0, 4);
            addresses.putInt(at + 24, 0);
        } else {
            addresses.put(at + 8, octets, 0, 16);
            addresses.putInt(at + 24, ((Inet6Address) remote).getScopeId());
        }
    }
}
