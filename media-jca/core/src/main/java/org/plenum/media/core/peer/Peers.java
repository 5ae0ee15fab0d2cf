/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.plenum.media.core.dtls.DtlsSession;
import org.plenum.media.core.ice.Credentials;
import org.plenum.media.core.packet.PacketKind;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.media.core.srtp.SrtpProfile;
import org.plenum.media.core.stun.StunView;

/**
 * The transports of one loop. Finds whom a datagram is for: a check by the user name it carries, everything else by the path it
 * came over, once a good check has come that way (RFC 8445 section 7.3). One thread.
 */
public final class Peers {
    private final Settings settings;
    private final SecureRandom random;
    private final StunView stun = new StunView();
    private final Map<String, Peer> byUfrag = new HashMap<>();
    private final Map<Route, Peer> byRoute = new HashMap<>();
    private final List<Peer> all = new ArrayList<>();
    private final Drop.Counters drops = new Drop.Counters();

    /** Makes the keys of a finished handshake usable. */
    @FunctionalInterface
    public interface Protection {
        SrtpContext open(SrtpProfile profile, byte[] keyingMaterial, boolean weAreDtlsClient);
    }

    /** Hears which paths are somebody's, so that the owner of the sockets knows them again. */
    public interface RouteWatcher {
        void bound(Route route);

        void unbound(Route route);
    }

    /**
     * What a loop lends its peers.
     *
     * @param candidates values of {@code a=candidate} without the prefix
     * @param most peers at a time
     */
    public record Settings(
            DatagramSink sink,
            RouteWatcher routes,
            DtlsSession.Factory dtls,
            Protection protection,
            List<String> candidates,
            int most) {
        public Settings {
            candidates = List.copyOf(candidates);
        }
    }

    /** @param random for ICE credentials; a good one outside of tests */
    public Peers(Settings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
    }

    /** @throws IllegalStateException when there are as many as there may be */
    public Peer open(Connection.Listener listener) {
        if (all.size() >= settings.most()) {
            throw new IllegalStateException("more than " + settings.most() + " transports");
        }
        Credentials local = Credentials.random(random);
        Peer peer = new Peer(this, listener, local);
        byUfrag.put(local.ufrag(), peer);
        all.add(peer);
        return peer;
    }

    /**
     * A datagram from the network.
     *
     * @param packet array-backed, the datagram at index 0; may be changed
     */
    public void receive(Route route, ByteBuffer packet, int length, long nowNs) {
        Peer peer = byRoute.get(route);
        PacketKind kind = PacketKind.of(packet, 0, length);
        if (kind == PacketKind.STUN) {
            check(route, peer, packet, length, nowNs);
        } else if (peer != null) {
            peer.receive(kind, route, packet, length, nowNs);
        } else {
            drops.count(kind == PacketKind.UNKNOWN ? Drop.UNKNOWN_KIND : Drop.UNKNOWN_PATH);
        }
    }

    /** The user name decides, not the path: a client may use an old port for a new transport. */
    private void check(Route route, Peer holder, ByteBuffer packet, int length, long nowNs) {
        if (!stun.wrap(packet, 0, length)) {
            drops.count(Drop.STUN_MALFORMED);
            return;
        }
        Peer named = byUfrag.get(stun.localUfrag());
        Peer peer = named != null ? named : holder;
        if (peer == null) {
            drops.count(Drop.STUN_UNKNOWN_USER);
        } else if (holder != null && holder != peer && holder.livesOn(route, nowNs)) {
            drops.count(Drop.STUN_REFUSED); // whoever forges addresses does not get another's path
        } else {
            peer.answerCheck(route, nowNs);
        }
    }

    /** Whether this path is somebody's. */
    public boolean isBound(Route route) {
        return byRoute.containsKey(route);
    }

    /** When {@link #poll} is due: Long.MAX_VALUE for never. */
    public long deadlineNs() {
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            soonest = Math.min(soonest, all.get(i).deadlineNs());
        }
        return soonest;
    }

    public void poll(long nowNs) {
        for (int i = all.size() - 1; i >= 0; i--) { // backwards: who fails is taken out
            all.get(i).poll(nowNs);
        }
    }

    /** Ends all of them, with their last words. */
    public void close() {
        for (Peer peer : List.copyOf(all)) {
            peer.close();
        }
    }

    public int size() {
        return all.size();
    }

    public Drop.Counters drops() {
        return drops;
    }

    // ---- for the peers

    StunView stun() {
        return stun;
    }

    DatagramSink sink() {
        return settings.sink();
    }

    DtlsSession.Factory dtls() {
        return settings.dtls();
    }

    Protection protection() {
        return settings.protection();
    }

    List<String> candidates() {
        return settings.candidates();
    }

    /** The newest path of a peer may push an old one out of ICE's memory: that one is nobody's from then on. */
    void bind(Route route, Peer peer) {
        Peer before = byRoute.put(route, peer);
        if (before == peer) {
            return;
        }
        if (before != null) {
            before.lost(route);
        } else {
            settings.routes().bound(route);
        }
        release(entry -> entry.getValue() == peer && !peer.knows(entry.getKey()));
        peer.pathChosen();
    }

    /** For a restart: the old fragment keeps working, as ICE decides. */
    Credentials newCredentials(Peer peer) {
        List<String> own = byUfrag.entrySet().stream()
                .filter(entry -> entry.getValue() == peer)
                .map(Map.Entry::getKey)
                .toList();
        if (own.size() > 1) { // a restart on top of a restart: only the last two generations are alive
            byUfrag.keySet()
                    .removeAll(own.stream()
                            .filter(ufrag -> !ufrag.equals(peer.localIce().ufrag()))
                            .toList());
        }
        Credentials fresh = Credentials.random(random);
        byUfrag.put(fresh.ufrag(), peer);
        return fresh;
    }

    void unbind(Peer peer) {
        byUfrag.values().removeIf(peer::equals);
        release(entry -> entry.getValue() == peer);
        all.remove(peer);
    }

    private void release(Predicate<Map.Entry<Route, Peer>> which) {
        byRoute.entrySet().removeIf(entry -> {
            boolean over = which.test(entry);
            if (over) {
                settings.routes().unbound(entry.getKey());
            }
            return over;
        });
    }
}
