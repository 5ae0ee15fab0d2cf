/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.plenum.media.core.stun.StunIntegrity;

/**
 * What one client may use on one of its connections (RFC 8656 section 5). Relays are made as the client permits them, at most one for
 * each media address.
 */
final class Allocation<C, P> {
    /** A way and what its owner calls it. */
    record Way<C, P>(Relay<C> relay, P path) {}

    private final C client;
    private final byte[] username;
    private final byte[] transaction;
    private final StunIntegrity integrity;
    private final MediaAddress relayed;
    private final List<Way<C, P>> ways = new ArrayList<>(2);
    private final int most; // octets a second from the client
    private long untilNs;
    private long second;
    private int octets; // within this second

    Allocation(C client, byte[] username, byte[] transaction, StunIntegrity integrity, MediaAddress relayed, int most) {
        this.client = client;
        this.username = username;
        this.transaction = transaction;
        this.integrity = integrity;
        this.relayed = relayed;
        this.most = most;
    }

    C client() {
        return client;
    }

    boolean isOf(byte[] name) {
        return Arrays.equals(username, name);
    }

    byte[] username() {
        return username;
    }

    /** Whether a request is the one that made it, sent again. */
    boolean cameOf(byte[] transactionId) {
        return Arrays.equals(transaction, transactionId);
    }

    StunIntegrity integrity() {
        return integrity;
    }

    MediaAddress relayed() {
        return relayed;
    }

    void live(long until) {
        untilNs = until;
    }

    long untilNs() {
        return untilNs;
    }

    /** @return the way to this address, made if there is none */
    Way<C, P> way(MediaAddress peer, Function<Relay<C>, P> paths) {
        for (Way<C, P> way : ways) {
            if (way.relay().peer().equals(peer)) {
                return way;
            }
        }
        Relay<C> relay = new Relay<>(this, peer);
        Way<C, P> made = new Way<>(relay, paths.apply(relay));
        ways.add(made);
        return made;
    }

    /** @return the open way to this address, or null */
    Way<C, P> openTo(MediaAddress peer) {
        for (int i = 0; i < ways.size(); i++) {
            Way<C, P> way = ways.get(i);
            if (way.relay().peer().equals(peer) && way.relay().isOpen()) {
                return way;
            }
        }
        return null;
    }

    /** @return the way that is bound to this channel, open or not, or null */
    Way<C, P> bound(int channel) {
        for (int i = 0; i < ways.size(); i++) {
            Way<C, P> way = ways.get(i);
            if (way.relay().channel() == channel) {
                return way;
            }
        }
        return null;
    }

    /** Takes note of what the client sends. @return false when it is more than it may */
    boolean affords(int length, long nowS) {
        if (nowS != second) {
            second = nowS;
            octets = 0;
        }
        octets += length;
        return octets <= most;
    }

    void expire(long nowNs) {
        ways.forEach(way -> way.relay().expire(nowNs));
    }

    void close() {
        ways.forEach(way -> way.relay().close());
    }
}
