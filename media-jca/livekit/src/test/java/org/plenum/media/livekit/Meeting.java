/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.TrackSource;

/** A server with scripted clients in virtual time: every step ends when nothing more is due. */
final class Meeting {
    static final MediaRoomId ROOM = new MediaRoomId("room:main");
    static final Set<TrackSource> EVERYTHING = Set.of(TrackSource.values());
    private static final long MS = 1_000_000L;
    private static final long START_WALL_MS = 1_800_000_000_000L;

    final FakePlane plane = new FakePlane();
    final SignalConfig config;
    final Entrance entrance;
    final SignalRooms rooms;
    private long nowNs = 77 * MS;

    Meeting() {
        this(SignalLimits.USUAL);
    }

    Meeting(SignalLimits limits) {
        this(limits, true);
    }

    Meeting(SignalLimits limits, boolean createsRooms) {
        this(limits, createsRooms, SignalConfig.VIDEO_CODECS);
    }

    Meeting(SignalLimits limits, boolean createsRooms, List<String> videoCodecs) {
        SignalConfig usual = SignalConfig.of("key", "a secret of enough characters");
        config = new SignalConfig(
                usual.apiKey(), usual.apiSecret(), usual.server(), limits, usual.relaying(), createsRooms, videoCodecs);
        entrance = new Entrance(config, new HashSet<>());
        rooms = new SignalRooms(plane, entrance, new Random(1), ns -> START_WALL_MS + ns / MS);
    }

    long nowNs() {
        return nowNs;
    }

    long wallMs() {
        return START_WALL_MS + nowNs / MS;
    }

    /** What is due now happens. */
    void settle() {
        for (int i = 0; rooms.nextDeadlineNs(nowNs) - nowNs <= 0; i++) {
            if (i == 100) {
                throw new AssertionError("always something due");
            }
            rooms.poll(nowNs);
        }
    }

    /** Time passes, whatever becomes due meanwhile happens when it is due. */
    void after(long ms) {
        long until = nowNs + ms * MS;
        settle();
        while (rooms.nextDeadlineNs(nowNs) - until <= 0) {
            nowNs = rooms.nextDeadlineNs(nowNs);
            settle();
        }
        nowNs = until;
        settle();
    }

    /** A client that connects, is in, and whose connections work. */
    TestClient joins(String identity) {
        TestClient client = arrives(identity);
        client.connects();
        return client;
    }

    /** A client that is let in, before any of its connections works. */
    TestClient arrives(String identity) {
        return arrives(token(identity, EVERYTHING, true, false), Map.of());
    }

    /** A client that never answers an offer. */
    TestClient arrivesSilently(String identity) {
        TestClient client = new TestClient(this);
        client.leavesOffersUnanswered();
        return arrives(client, token(identity, EVERYTHING, true, false), Map.of());
    }

    TestClient arrives(String token, Map<String, String> more) {
        return arrives(new TestClient(this), token, more);
    }

    /** The same client with another socket asks for its session; the old one was cut, or is not known to be. */
    TestClient resumes(TestClient client, String identity) {
        String token = token(identity, EVERYTHING, true, false);
        return arrives(new TestClient(client), token, Map.of("reconnect", "1", "sid", client.sid()));
    }

    private TestClient arrives(TestClient client, String token, Map<String, String> more) {
        Map<String, String> query = new HashMap<>(Map.of("protocol", "17", "sdk", "js", "auto_subscribe", "1"));
        query.putAll(more);
        client.session(rooms.connect(token, new ConnectParameters(query, "test"), client, nowNs));
        settle();
        return client;
    }

    String token(String identity, Set<TrackSource> sources, boolean subscribe, boolean hidden) {
        return entrance.accessToken(
                new AccessRequest(ROOM, identity, identity, sources, subscribe, true, hidden, Duration.ofSeconds(32)),
                wallMs());
    }

    FakePlane.FakeRoom media() {
        return plane.rooms.get(plane.rooms.size() - 1);
    }

    long counter(String name) {
        SortedMap<String, Long> counters = new TreeMap<>();
        rooms.statistics(counters, new TreeMap<>());
        return counters.get("signal_" + name);
    }

    long gauge(String name) {
        SortedMap<String, Long> gauges = new TreeMap<>();
        rooms.statistics(new TreeMap<>(), gauges);
        return gauges.get("signal_" + name);
    }
}
