/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plenum.conference.event.Admission;
import org.plenum.conference.room.RoomDeleted;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.signaling.SignalingModuleFactory;

/** The door to the meetings that run on this node. Any thread. */
@ApplicationScoped
public class LiveRooms {
    private static final int OPEN_TICKETS = 10_000;
    private static final int ROOMS = 10_000;
    private static final int SHUTDOWN_SECONDS = 8;

    private final Map<UUID, LiveRoom> rooms = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong admitted = new AtomicLong();
    private final Semaphore ends = new Semaphore(0);

    @Inject
    private MeetingPlacement placement;

    @Inject
    private NodeId self;

    @Inject
    @Any
    private Instance<SignalingModuleFactory> discovered;

    @Inject
    private Surroundings surroundings;

    private List<SignalingModuleFactory> factories;
    private DeviceIds devices;
    private Tickets tickets;
    private RoomLimits limits = RoomLimits.USUAL;
    private volatile boolean stopping;

    /** Why a token opens no socket. */
    public enum Refusal {
        INVALID_TOKEN,
        UNKNOWN_ROOM
    }

    public LiveRooms() {} // for the container

    LiveRooms(
            MeetingPlacement placement,
            NodeId self,
            List<SignalingModuleFactory> factories,
            Surroundings surroundings,
            RoomLimits limits) {
        this.placement = placement;
        this.self = self;
        this.surroundings = surroundings;
        this.limits = limits;
        prepare(factories, "");
    }

    @PostConstruct
    void prepare() {
        prepare(discovered.stream().toList(), System.getProperty("plenum.device-salt", ""));
    }

    private void prepare(List<SignalingModuleFactory> found, String salt) {
        factories = found.stream()
                .sorted(Comparator.comparing(SignalingModuleFactory::namespace))
                .toList();
        devices = DeviceIds.salted(salt);
        tickets = new Tickets(surroundings.time(), OPEN_TICKETS);
    }

    /**
     * Lets somebody in whom the rules of the room allow to enter.
     *
     * @param publicBaseUrl the server's address as this client sees it, without a slash at its end
     * @return a token that opens the signaling socket once, within 30 s
     * @throws MeetingUnavailable the meeting runs elsewhere, is closing, or this node is full
     */
    public String admit(Admission admission, String publicBaseUrl) {
        UUID room = admission.meeting().room();
        if (stopping || !placement.ownerOf(room).equals(self)) {
            throw new MeetingUnavailable("the meeting is not on this node");
        }
        String token = tickets.issue(admission, publicBaseUrl);
        living(admission).expect(admission.meeting());
        return token;
    }

    /**
     * Whether this device was let into the running meeting already and need not know the room's password again
     * (rest.md section 8.4): for 10 minutes after its last connection, unless it was removed or the password changed.
     */
    public boolean knows(UUID room, String deviceSecret) {
        LiveRoom live = rooms.get(room);
        return live != null && live.knows(devices.of(deviceSecret));
    }

    /** Whether this account was banned from the running meeting; HTTP 403. */
    public boolean banned(UUID room, UUID account) {
        LiveRoom live = rooms.get(room);
        return live != null && live.isBanned(account);
    }

    /**
     * Uses a token up, before the upgrade.
     *
     * @return absent: {@link #connect} may follow within 30 s
     */
    public Optional<Refusal> claim(String token) {
        Optional<Tickets.Ticket> ticket = tickets.claim(token);
        if (ticket.isEmpty()) {
            return Optional.of(Refusal.INVALID_TOKEN);
        }
        boolean running = rooms.containsKey(ticket.get().admission().meeting().room());
        return running ? Optional.empty() : Optional.of(Refusal.UNKNOWN_ROOM);
    }

    /**
     * Connects a socket that has just opened with the room of its token.
     *
     * @return absent when the token was not claimed before
     */
    public Optional<RoomLink> connect(String token, ClientSocket socket) {
        return tickets.take(token).map(ticket -> {
            UUID device = devices.of(ticket.admission().visitor().device());
            admitted.incrementAndGet();
            return living(ticket.admission()).enter(ticket.admission(), device, ticket.publicBaseUrl(), socket);
        });
    }

    private LiveRoom living(Admission admission) {
        LiveRoom room = rooms.computeIfAbsent(admission.meeting().room(), id -> {
            if (rooms.size() >= ROOMS) {
                throw new MeetingUnavailable("too many meetings on this node");
            }
            opened.incrementAndGet();
            return new LiveRoom(admission.meeting(), factories, limits, surroundings, this::ended);
        });
        if (!room.isOpen()) {
            throw new MeetingUnavailable("the meeting is closing");
        }
        return room;
    }

    private void ended(LiveRoom room) {
        rooms.remove(room.id(), room);
        ends.release();
    }

    void onDeleted(@Observes(during = TransactionPhase.AFTER_SUCCESS) RoomDeleted event) {
        Optional.ofNullable(rooms.get(event.room())).ifPresent(room -> room.close(CloseReason.ROOM_DELETED));
    }

    void onChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) RoomParametersChanged event) {
        Optional.ofNullable(rooms.get(event.room())).ifPresent(room -> room.changed(event));
    }

    public LiveStatistics statistics() {
        List<LiveRoom.Counts> counts =
                rooms.values().stream().map(LiveRoom::counts).toList();
        return new LiveStatistics(
                rooms.size(),
                counts.stream().mapToInt(LiveRoom.Counts::participants).sum(),
                counts.stream().mapToInt(LiveRoom.Counts::waiting).sum(),
                counts.stream().mapToInt(LiveRoom.Counts::connections).sum(),
                counts.stream().mapToInt(LiveRoom.Counts::timers).sum(),
                tickets.open(),
                opened.get(),
                admitted.get());
    }

    /**
     * Undeploy: everybody is told, what modules save then is waited for, and the clients come back to the next node. For
     * good; does nothing the second time.
     */
    @PreDestroy
    public void shutDown() {
        stopping = true;
        ends.drainPermits();
        List<LiveRoom> closing = List.copyOf(rooms.values());
        closing.forEach(room -> room.close(CloseReason.GRACEFUL_SHUTDOWN));
        try {
            if (!ends.tryAcquire(closing.size(), SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger("org.plenum.signaling")
                        .log(System.Logger.Level.WARNING, "{0} meetings did not close in time", rooms.size());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
