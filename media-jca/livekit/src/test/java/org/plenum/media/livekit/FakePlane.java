/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.room.Forwarding;
import org.plenum.media.core.room.MediaPlane;

/** A media plane that only remembers what it was told. */
final class FakePlane implements MediaPlane {
    final List<FakeConnection> connections = new ArrayList<>();
    final List<LocalConnection> locals = new ArrayList<>();
    final List<LocalConnection.Taker> takers = new ArrayList<>();
    long nowNs;
    final List<FakeRoom> rooms = new ArrayList<>();

    @Override
    public Connection openConnection(Connection.Listener listener) {
        FakeConnection connection = new FakeConnection(connections.size(), listener);
        connections.add(connection);
        return connection;
    }

    @Override
    public LocalConnection openLocal(Connection.Listener listener, LocalConnection.Taker taker) {
        LocalConnection local = new LocalConnection(new Drop.Counters(), listener, taker);
        locals.add(local);
        takers.add(taker);
        return local;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public Forwarding openRoom(Forwarding.Listener listener) {
        FakeRoom room = new FakeRoom(listener);
        rooms.add(room);
        return room;
    }

    long openConnections() {
        return connections.stream()
                .filter(c -> c.state != Connection.State.CLOSED)
                .count();
    }

    static final class FakeConnection implements Connection {
        private final int number;
        private final Listener listener;
        private int restarts;
        State state = State.NEW;
        IceCredentials remoteIce;
        String remoteFingerprint;
        boolean weAreDtlsClient;

        FakeConnection(int number, Listener listener) {
            this.number = number;
            this.listener = listener;
        }

        void become(State next) {
            if (state != State.CLOSED) {
                state = next;
                listener.onState(this, next);
            }
        }

        void fallSilent() {
            listener.onSilence(this);
        }

        @Override
        public IceCredentials localIce() {
            return new IceCredentials(
                    "ufrag%04d%d".formatted(number, restarts),
                    "password-of-connection-%06d%d".formatted(number, restarts));
        }

        @Override
        public String localFingerprint() {
            return "sha-256 " + "AB:".repeat(31) + "AB";
        }

        @Override
        public List<String> localCandidates() {
            return List.of("1 1 udp 2130706431 127.0.0.1 10000 typ host");
        }

        @Override
        public void remote(IceCredentials ice, String fingerprint, boolean active) {
            remoteIce = ice;
            remoteFingerprint = fingerprint;
            weAreDtlsClient = active;
        }

        @Override
        public void restartIce() {
            restarts++;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public void close() {
            become(State.CLOSED);
        }
    }

    static final class FakeRoom implements Forwarding {
        final Listener listener;
        final List<FakePublication> publications = new ArrayList<>();
        final List<FakeSubscription> subscriptions = new ArrayList<>();
        final Map<Connection, Condition> conditions = new HashMap<>();
        boolean closed;

        FakeRoom(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Publication publish(Connection publisher, PublicationSpec spec) {
            FakePublication publication = new FakePublication(publisher, spec);
            publications.add(publication);
            return publication;
        }

        @Override
        public Condition condition(Connection connection) {
            return conditions.getOrDefault(connection, Condition.UNKNOWN);
        }

        @Override
        public Subscription subscribe(Connection subscriber, Publication publication) {
            FakeSubscription subscription =
                    new FakeSubscription(subscriptions.size(), subscriber, (FakePublication) publication);
            subscriptions.add(subscription);
            return subscription;
        }

        @Override
        public void close() {
            closed = true;
        }

        /** Open ones that were started. */
        List<FakeSubscription> running() {
            return subscriptions.stream()
                    .filter(s -> !s.closed && s.spec != null)
                    .toList();
        }

        List<FakePublication> open() {
            return publications.stream().filter(p -> !p.closed).toList();
        }

        void heard(FakePublication publication, float level) {
            Map<Publication, Float> changes = new HashMap<>();
            changes.put(publication, level);
            listener.onSpeakers(changes);
        }
    }

    static final class FakePublication implements Forwarding.Publication {
        final Connection connection;
        final Forwarding.PublicationSpec spec;
        boolean muted;
        boolean closed;

        FakePublication(Connection connection, Forwarding.PublicationSpec spec) {
            this.connection = connection;
            this.spec = spec;
        }

        @Override
        public void muted(boolean now) {
            muted = now;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public long packets() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }

    static final class FakeSubscription implements Forwarding.Subscription {
        private final int number;
        final Connection connection;
        final FakePublication publication;
        Forwarding.SubscriptionSpec spec;
        Forwarding.Layer wanted = Forwarding.Layer.HIGH;
        boolean paused;
        boolean closed;
        int importance;
        int frameRate;
        Consumer<Boolean> whenStarved;

        FakeSubscription(int number, Connection connection, FakePublication publication) {
            this.number = number;
            this.connection = connection;
            this.publication = publication;
        }

        @Override
        public long ssrc() {
            return 1000 + 2L * number;
        }

        @Override
        public long rtxSsrc() {
            return 1001 + 2L * number;
        }

        @Override
        public void start(Forwarding.SubscriptionSpec agreed) {
            spec = agreed;
        }

        @Override
        public void paused(boolean now) {
            paused = now;
        }

        @Override
        public void wanted(Forwarding.Layer highest) {
            wanted = highest;
        }

        @Override
        public void frameRate(int framesPerSecond) {
            frameRate = framesPerSecond;
        }

        @Override
        public void importance(int value) {
            importance = value;
        }

        @Override
        public void whenStarved(Consumer<Boolean> listener) {
            whenStarved = listener;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public long packets() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
