/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

/**
 * A relay (RFC 8656) that leads nowhere but to our own media. There is no socket behind a relayed address: what a client sends to one of
 * the media addresses is handed over as a packet of its {@link Relay}, what the media sends there is framed for the client. Any other peer
 * is refused with 403, because there is nothing that could reach it.
 *
 * <p>One thread. Time is {@code nowNs}, any monotonic clock.
 *
 * @param <C> a client: its address for datagrams, its connection for a stream; compared by {@code equals}
 * @param <P> what the owner of the sockets calls a {@link Relay}
 */
public final class TurnServer<C, P> {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int UDP = 17; // IANA's protocol number
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int USUAL_LIFETIME_S = 600; // RFC 8656 section 3.2
    private static final int LONGEST_LIFETIME_S = 3600;
    private static final long PERMISSION_NS = 300 * SECOND_NS; // section 9
    private static final long CHANNEL_NS = 600 * SECOND_NS; // section 12
    private static final int FIRST_CHANNEL = 0x4000;
    private static final int LAST_CHANNEL = 0x7FFE; // of RFC 5766; nothing else than TURN comes to this port
    private static final int CHANNEL_HEADER = 4;
    private static final int FIRST_PORT = 49_152; // of the relayed addresses
    private static final int PORTS = 16_384;
    private static final int MOST_USERNAME = 128; // ours have about 30
    private static final int HEADER = StunView.HEADER_LENGTH;

    private final TurnSettings settings;
    private final TurnCredentials credentials;
    private final Function<Relay<C>, P> paths;
    private final byte[] realm;
    private final Nonces nonces;
    private final Challenges challenges = new Challenges();
    private final StunWriter writer = new StunWriter();
    private final byte[] transaction = new byte[12];
    private final Map<C, Allocation<C, P>> allocations = new HashMap<>();
    private final Map<String, Integer> ofName = new HashMap<>();
    private final Map<MediaAddress, Integer> ofAddress = new HashMap<>();
    private final Map<C, MediaAddress> addresses = new HashMap<>(); // port 0
    private int ports; // even, of the relayed address that was given last
    private long indications;
    private int dataAt;
    private int dataLength;

    /** @param paths what to call a new relay */
    public TurnServer(
            TurnSettings settings, TurnCredentials credentials, SecureRandom random, Function<Relay<C>, P> paths) {
        this.settings = settings;
        this.credentials = credentials;
        this.paths = paths;
        realm = settings.realm().getBytes(StandardCharsets.US_ASCII);
        nonces = new Nonces(random);
    }

    /** A window that knows the attributes of TURN. */
    public static StunView view() {
        return new StunView(Turn.KNOWN);
    }

    /**
     * Handles a STUN message.
     *
     * @param message wrapped without complaint, of {@link #view}
     * @param address 4 or 16 octets of the client
     * @param datagram whether it came as one: its source may be a lie
     * @param answer cleared; afterwards holds what to send back, from 0 to its limit, often nothing. Has room for
     *     {@link StunWriter#MAX_LENGTH} octets
     * @return whose packet for the media it carried, at {@link #dataAt} of the buffer; null for none
     */
    public P receive(
            StunView message, C client, byte[] address, int port, boolean datagram, long nowNs, ByteBuffer answer) {
        answer.clear().limit(0);
        switch (message.type()) {
            case Turn.SEND -> {
                return sent(message, client, nowNs);
            }
            case StunView.BINDING_REQUEST -> {
                if (!datagram || challenges.mayAnswer(address, seconds(nowNs))) {
                    writer.begin(answer, StunView.BINDING_SUCCESS, message)
                            .xorMappedAddress(address, port)
                            .end();
                }
            }
            case Turn.ALLOCATE, Turn.REFRESH, Turn.CREATE_PERMISSION, Turn.CHANNEL_BIND ->
                new Request(message, client, address, port, nowNs, answer).answer(datagram);
            default -> {} // answers nobody asked for, methods not served here: silence
        }
        return null;
    }

    /**
     * Handles channel data (RFC 8656 section 12.4).
     *
     * @return whose packet for the media it carried, at {@link #dataAt} of the buffer; null for none
     */
    public P receiveChannelData(ByteBuffer frame, int offset, int length, C client, long nowNs) {
        Allocation<C, P> allocation = allocations.get(client);
        if (allocation == null || length < CHANNEL_HEADER) {
            return null;
        }
        Allocation.Way<C, P> way = allocation.bound(frame.getShort(offset) & 0xFFFF);
        int size = frame.getShort(offset + 2) & 0xFFFF;
        if (way == null || !way.relay().isOpen() || size > length - CHANNEL_HEADER) {
            return null;
        }
        return handOver(allocation, way, offset + CHANNEL_HEADER, size, nowNs);
    }

    /** Where the packet of the last call begins in the buffer it came in. */
    public int dataAt() {
        return dataAt;
    }

    /** Octets of the packet of the last call. */
    public int dataLength() {
        return dataLength;
    }

    private P sent(StunView message, C client, long nowNs) {
        Allocation<C, P> allocation = allocations.get(client);
        int peer = message.attribute(Turn.XOR_PEER_ADDRESS);
        int data = message.attribute(Turn.DATA);
        if (allocation == null || peer == StunView.ABSENT || data == StunView.ABSENT || message.size(peer) < 8) {
            return null;
        }
        MediaAddress to = media(message, peer, false);
        Allocation.Way<C, P> way = to == null ? null : allocation.openTo(to);
        return way == null ? null : handOver(allocation, way, message.position(data), message.size(data), nowNs);
    }

    private P handOver(Allocation<C, P> allocation, Allocation.Way<C, P> way, int at, int length, long nowNs) {
        dataAt = at;
        dataLength = length;
        return allocation.affords(length, nowNs / SECOND_NS) ? way.path() : null;
    }

    /**
     * Frames a packet of the media for the client: as channel data once a channel is bound, as an indication before.
     *
     * @param padded whether frames follow each other in a stream (RFC 8656 section 12.5)
     * @param out takes it at its position, and may lack the room for it
     * @return false when nothing may pass or there is no room: then nothing was written
     */
    public boolean frame(Relay<C> relay, byte[] packet, int from, int length, boolean padded, ByteBuffer out) {
        int padding = -length & 3;
        MediaAddress peer = relay.peer();
        boolean channel = relay.channel() != Relay.NONE;
        int head = channel ? CHANNEL_HEADER : HEADER + 8 + peer.octets().length + 4;
        if (!relay.isOpen() || out.remaining() < head + length + padding) {
            return false;
        }
        if (channel) {
            out.putShort((short) relay.channel()).putShort((short) length);
            out.put(packet, from, length);
            pad(out, padded ? padding : 0);
            return true;
        }
        int start = out.position();
        out.putShort((short) Turn.DATA_INDICATION).putShort((short) (head - HEADER + length + padding));
        out.putInt(StunView.MAGIC_COOKIE).putLong(++indications).putInt(0); // a transaction that nobody answers
        out.putShort((short) Turn.XOR_PEER_ADDRESS).putShort((short) (4 + peer.octets().length));
        out.putShort((short) (peer.octets().length == 4 ? IPV4 : IPV6));
        out.putShort((short) (peer.port() ^ StunView.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < peer.octets().length; i++) {
            out.put((byte) (peer.octets()[i] ^ out.get(start + 4 + i)));
        }
        out.putShort((short) Turn.DATA).putShort((short) length).put(packet, from, length);
        pad(out, padding);
        return true;
    }

    private static void pad(ByteBuffer out, int octets) {
        for (int i = 0; i < octets; i++) {
            out.put((byte) 0);
        }
    }

    /** Whether this client has an allocation. */
    public boolean serves(C client) {
        return allocations.containsKey(client);
    }

    /** How many allocations there are. */
    public int size() {
        return allocations.size();
    }

    /** The client's connection has ended. */
    public void forget(C client) {
        Allocation<C, P> ended = allocations.remove(client);
        if (ended != null) {
            release(ended);
        }
    }

    /** Ends what has had its time. To be called every second or so. */
    public void poll(long nowNs) {
        for (Iterator<Allocation<C, P>> all = allocations.values().iterator(); all.hasNext(); ) {
            Allocation<C, P> allocation = all.next();
            if (allocation.untilNs() - nowNs <= 0) {
                all.remove();
                release(allocation);
            } else {
                allocation.expire(nowNs);
            }
        }
    }

    private void release(Allocation<C, P> ended) {
        ended.close();
        lower(ofName, nameOf(ended.username()));
        lower(ofAddress, addresses.remove(ended.client()));
    }

    private static <K> void lower(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    private static String nameOf(byte[] username) {
        String text = new String(username, StandardCharsets.UTF_8);
        return TurnCredentials.until(text) == TurnCredentials.NEVER ? text : TurnCredentials.name(text);
    }

    private long seconds(long nowNs) {
        return settings.unixSeconds().applyAsLong(nowNs);
    }

    /**
     * The address of our media that is named there.
     *
     * @param loosely whether the port may be left out, or be the next one, where RTCP would be: a permission is for addresses (RFC 8656
     *     section 9), and some clients ask for both
     * @return null for any other
     */
    private MediaAddress media(StunView message, int at, boolean loosely) {
        for (int i = 0; i < settings.media().size(); i++) {
            MediaAddress one = settings.media().get(i);
            int port = message.xorPort(at);
            if (message.isXorAddress(at, one.octets())
                    && (port == one.port() || loosely && (port == 0 || port == one.port() + 1))) {
                return one;
            }
        }
        return null;
    }

    /** One request on its way to an answer. */
    private final class Request {
        private final StunView message;
        private final C client;
        private final byte[] address;
        private final int port;
        private final long nowNs;
        private final ByteBuffer answer;
        private StunIntegrity integrity; // once the client has proved what it is

        Request(StunView message, C client, byte[] address, int port, long nowNs, ByteBuffer answer) {
            this.message = message;
            this.client = client;
            this.address = address;
            this.port = port;
            this.nowNs = nowNs;
            this.answer = answer;
        }

        /** The order of the checks is that of RFC 8489 section 9.2.4. */
        void answer(boolean datagram) {
            if (!message.hasIntegrity()) {
                if (!datagram || challenges.mayAnswer(address, seconds(nowNs))) {
                    challenge(401);
                }
                return;
            }
            int nonce = message.attribute(Turn.NONCE);
            if (!message.hasUsername()
                    || nonce == StunView.ABSENT
                    || message.attribute(Turn.REALM) == StunView.ABSENT) {
                refuse(400);
            } else if (!nonces.isGood(message.octets(nonce), address, port, seconds(nowNs))) {
                challenge(438);
            } else {
                Allocation<C, P> allocation = allocations.get(client);
                if (isProved(allocation)) {
                    serve(allocation);
                }
            }
        }

        private boolean isProved(Allocation<C, P> allocation) {
            byte[] username = message.username();
            if (allocation != null) {
                if (!allocation.isOf(username)) {
                    refuse(441);
                    return false;
                }
                integrity = allocation.integrity();
            } else {
                integrity = username.length > MOST_USERNAME ? null : key(new String(username, StandardCharsets.UTF_8));
            }
            if (integrity == null || !integrity.verify(message)) {
                integrity = null;
                challenge(401);
                return false;
            }
            return true;
        }

        private StunIntegrity key(String username) {
            return new StunIntegrity(TurnCredentials.key(username, settings.realm(), credentials.password(username)));
        }

        private void serve(Allocation<C, P> allocation) {
            if (message.unknownRequired() > 0) {
                writer.begin(answer, message.type() | Turn.ERROR, message)
                        .errorCode(420)
                        .unknownAttributes(message)
                        .integrity(integrity)
                        .end();
            } else if (message.type() == Turn.ALLOCATE) {
                allocate(allocation);
            } else if (allocation == null) {
                refuse(437);
            } else {
                switch (message.type()) {
                    case Turn.REFRESH -> refresh(allocation);
                    case Turn.CREATE_PERMISSION -> permit(allocation);
                    default -> bind(allocation);
                }
            }
        }

        // ---- RFC 8656 section 7.2

        private void allocate(Allocation<C, P> existing) {
            message.transactionId(transaction);
            if (existing != null) {
                if (existing.cameOf(transaction)) { // its answer was lost
                    allocated(existing);
                } else {
                    refuse(437);
                }
                return;
            }
            byte[] username = message.username();
            String text = new String(username, StandardCharsets.UTF_8);
            int transport = message.attribute(Turn.REQUESTED_TRANSPORT);
            String name = nameOf(username);
            MediaAddress of = new MediaAddress(address.clone(), 0);
            if (TurnCredentials.until(text) <= seconds(nowNs)) {
                challenge(401);
            } else if (transport == StunView.ABSENT || message.size(transport) != 4) {
                refuse(400);
            } else if (message.octet(transport) != UDP) {
                refuse(442);
            } else if (message.attribute(Turn.RESERVATION_TOKEN) != StunView.ABSENT || wantsPair()) {
                refuse(508); // ports are not reserved for later
            } else if (ofName.getOrDefault(name, 0) >= settings.limits().ofName()) {
                refuse(486);
            } else if (allocations.size() >= settings.limits().allocations()
                    || ofAddress.getOrDefault(of, 0) >= settings.limits().ofAddress()) {
                refuse(508);
            } else {
                MediaAddress relayed = relayed();
                if (relayed == null) {
                    refuse(440);
                    return;
                }
                Allocation<C, P> made = new Allocation<>(
                        client,
                        username,
                        transaction.clone(),
                        integrity,
                        relayed,
                        settings.limits().octetsPerSecond());
                made.live(nowNs + lifetime() * SECOND_NS);
                allocations.put(client, made);
                ofName.merge(name, 1, Integer::sum);
                addresses.put(client, of);
                ofAddress.merge(of, 1, Integer::sum);
                allocated(made);
            }
        }

        private boolean wantsPair() {
            int evenPort = message.attribute(Turn.EVEN_PORT);
            return evenPort != StunView.ABSENT && message.size(evenPort) > 0 && (message.octet(evenPort) & 0x80) != 0;
        }

        /**
         * An address of the family that is asked for. Browsers never ask: where our media has no IPv4, the first family we have is meant,
         * although the standard says IPv4.
         *
         * @return null when we have none of that family
         */
        private MediaAddress relayed() {
            int asked = message.attribute(Turn.REQUESTED_ADDRESS_FAMILY);
            int family = asked == StunView.ABSENT || message.size(asked) != 4 ? IPV4 : message.octet(asked);
            MediaAddress base = null;
            for (MediaAddress one : settings.media()) {
                if (one.octets().length == (family == IPV6 ? 16 : 4) && base == null) {
                    base = one;
                }
            }
            if (base == null && asked == StunView.ABSENT) {
                base = settings.media().get(0);
            }
            if (base == null || family != IPV4 && family != IPV6) {
                return null;
            }
            ports = (ports + 2) % PORTS; // even, in case somebody asks for it
            return new MediaAddress(base.octets(), FIRST_PORT + ports);
        }

        private void allocated(Allocation<C, P> allocation) {
            int left = (int) ((allocation.untilNs() - nowNs) / SECOND_NS);
            writer.begin(answer, Turn.ALLOCATE | Turn.SUCCESS, message)
                    .xorAddress(
                            Turn.XOR_RELAYED_ADDRESS,
                            allocation.relayed().octets(),
                            allocation.relayed().port())
                    .integer(Turn.LIFETIME, left)
                    .xorMappedAddress(address, port)
                    .integrity(integrity)
                    .end();
        }

        private int lifetime() {
            int asked = message.attribute(Turn.LIFETIME);
            long seconds = asked == StunView.ABSENT || message.size(asked) != 4
                    ? 0
                    : Integer.toUnsignedLong(message.integer(asked));
            return (int) Math.min(LONGEST_LIFETIME_S, Math.max(USUAL_LIFETIME_S, seconds));
        }

        // ---- section 8.2

        private void refresh(Allocation<C, P> allocation) {
            int asked = message.attribute(Turn.LIFETIME);
            boolean ends = asked != StunView.ABSENT && message.size(asked) == 4 && message.integer(asked) == 0;
            String username = new String(allocation.username(), StandardCharsets.UTF_8);
            if (!ends
                    && TurnCredentials.until(username) <= seconds(nowNs)
                    && !settings.isPresent().test(TurnCredentials.name(username))) {
                challenge(401);
                return;
            }
            int lifetime = ends ? 0 : lifetime();
            if (ends) {
                forget(client);
            } else {
                allocation.live(nowNs + lifetime * SECOND_NS);
            }
            writer.begin(answer, Turn.REFRESH | Turn.SUCCESS, message)
                    .integer(Turn.LIFETIME, lifetime)
                    .integrity(integrity)
                    .end();
        }

        // ---- sections 10.2 and 12.2

        private void permit(Allocation<C, P> allocation) {
            int first = message.attribute(Turn.XOR_PEER_ADDRESS);
            for (int at = first; at != StunView.ABSENT; at = message.nextAttribute(Turn.XOR_PEER_ADDRESS, at)) {
                int refusal = refusal(allocation, at);
                if (refusal != 0) {
                    refuse(refusal);
                    return;
                }
            }
            if (first == StunView.ABSENT) {
                refuse(400);
                return;
            }
            for (int at = first; at != StunView.ABSENT; at = message.nextAttribute(Turn.XOR_PEER_ADDRESS, at)) {
                allocation.way(media(message, at, true), paths).relay().permit(nowNs + PERMISSION_NS);
            }
            succeed();
        }

        /** @return 0 for an address of our media that this allocation can have to do with, else an error */
        private int refusal(Allocation<C, P> allocation, int at) {
            if (message.size(at) != 8 && message.size(at) != 20) {
                return 400;
            }
            MediaAddress peer = media(message, at, true);
            if (peer == null) {
                return 403;
            }
            return peer.octets().length == allocation.relayed().octets().length ? 0 : 443;
        }

        private void bind(Allocation<C, P> allocation) {
            int number = message.attribute(Turn.CHANNEL_NUMBER);
            int at = message.attribute(Turn.XOR_PEER_ADDRESS);
            if (number == StunView.ABSENT || at == StunView.ABSENT || message.size(number) != 4) {
                refuse(400);
                return;
            }
            int channel = message.unsignedShort(number);
            int refusal = channel < FIRST_CHANNEL || channel > LAST_CHANNEL ? 400 : refusal(allocation, at);
            if (refusal == 0 && message.xorPort(at) == 0) {
                refusal = 400; // a channel needs a port
            }
            if (refusal != 0) {
                refuse(refusal);
                return;
            }
            MediaAddress peer = media(message, at, false);
            Relay<C> relay = peer != null
                    ? allocation.way(peer, paths).relay()
                    : allocation.way(beside(at), nowhere -> null).relay();
            Allocation.Way<C, P> other = allocation.bound(channel);
            if (other != null && other.relay() != relay
                    || relay.channel() != Relay.NONE && relay.channel() != channel) {
                refuse(400);
                return;
            }
            relay.permit(nowNs + PERMISSION_NS);
            relay.bind(channel, nowNs + CHANNEL_NS);
            succeed();
        }

        /** The port beside our media: a client may have a channel to it, but nothing comes out there. */
        private MediaAddress beside(int at) {
            MediaAddress media = media(message, at, true);
            return new MediaAddress(media.octets(), media.port() + 1);
        }

        // ---- answers

        private void succeed() {
            writer.begin(answer, message.type() | Turn.SUCCESS, message)
                    .integrity(integrity)
                    .end();
        }

        private void refuse(int code) {
            writer.begin(answer, message.type() | Turn.ERROR, message).errorCode(code);
            if (integrity != null) {
                writer.integrity(integrity);
            }
            writer.end();
        }

        /** Never signed: the client has proved nothing, or has to begin anew. */
        private void challenge(int code) {
            writer.begin(answer, message.type() | Turn.ERROR, message)
                    .errorCode(code)
                    .octets(Turn.REALM, realm)
                    .octets(Turn.NONCE, nonces.next(address, port, seconds(nowNs)))
                    .end();
        }
    }

    @Override
    public String toString() {
        return "TurnServer" + Arrays.asList(settings.realm(), size());
    }
}
