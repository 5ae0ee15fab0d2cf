/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.invite.GuestLinks;
import org.plenum.conference.invite.Invite;
import org.plenum.conference.room.CallIn;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomAccess;
import org.plenum.conference.room.RoomDeleted;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.User;

/** The one door to events. An event and its room live and die together. */
@Stateless
public class Events {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private RoomAccess access;

    @Inject
    private GuestLinks links;

    @Inject
    private jakarta.enterprise.event.Event<RoomParametersChanged> changed;

    @Inject
    private jakarta.enterprise.event.Event<RoomDeleted> deleted;

    public Events() {} // for the container

    public Events(
            EntityManager entities,
            RoomAccess access,
            GuestLinks links,
            jakarta.enterprise.event.Event<RoomParametersChanged> changed,
            jakarta.enterprise.event.Event<RoomDeleted> deleted) {
        this.entities = entities;
        this.access = access;
        this.links = links;
        this.changed = changed;
        this.deleted = deleted;
    }

    /**
     * Creates the event with its room and the room's permanent guest link.
     *
     * @param invitees how many invitees the answer shows at most
     * @throws Refused validation failed
     */
    public EventInfo create(Caller caller, EventDraft draft, int invitees) {
        Instant now = now();
        User creator = entities.find(User.class, caller.account());
        Room room = new Room(creator, now);
        room.change(draft.room());
        Event event = new Event(room, draft, creator, now);
        entities.persist(room);
        entities.persist(event);
        links.createPermanent(room, creator, now);
        return new EventQuery(entities, caller).one(event.id(), invitees);
    }

    /** @throws Refused not found; forbidden to anybody but the creator and the invited */
    public EventInfo read(Caller caller, UUID id, int invitees) {
        return new EventQuery(entities, caller).one(id, invitees);
    }

    public EventPage list(Caller caller, EventFilter filter, Window window, int invitees) {
        return new EventQuery(entities, caller).page(filter, window, invitees);
    }

    /** @throws Refused not found; forbidden to anybody but the creator; validation failed */
    public EventInfo change(Caller caller, UUID id, EventChange change, int invitees) {
        Event event = owned(caller, id);
        boolean newPassword = event.room().change(change.room());
        boolean newTitle = event.change(change, entities.getReference(User.class, caller.account()), now());
        if (newPassword || newTitle) {
            changed.fire(new RoomParametersChanged(
                    event.room().id(),
                    newPassword ? Optional.of(event.room().password()) : Optional.empty(),
                    newTitle ? Optional.of(event.title()) : Optional.empty(),
                    event.showsMeetingDetails()));
        }
        return new EventQuery(entities, caller).one(id, invitees);
    }

    /** With its room, whose running meeting ends. */
    public void delete(Caller caller, UUID id) {
        Event event = owned(caller, id);
        Room room = event.room();
        entities.remove(event);
        entities.remove(room); // the database removes what else hangs on it
        deleted.fire(new RoomDeleted(room.id()));
    }

    /** @return whether it was no favourite before */
    public boolean addFavourite(Caller caller, UUID id) {
        new EventQuery(entities, caller).one(id, 0); // for its refusals
        return entities.createNativeQuery("insert into favourite (event_id, account_id) values (:event, :account)"
                                + " on conflict do nothing")
                        .setParameter("event", id)
                        .setParameter("account", caller.account())
                        .executeUpdate()
                > 0;
    }

    /** @throws Refused not found: it was no favourite */
    public void removeFavourite(Caller caller, UUID id) {
        Favourite mark = entities.find(Favourite.class, new Favourite.Key(id, caller.account()));
        if (mark == null) {
            throw Refused.notFound();
        }
        entities.remove(mark);
    }

    /** What the lobby shows to an account. @throws Refused not found, also where the room has no event; forbidden */
    public LobbyInfo lobby(Caller caller, UUID roomId) {
        Room room = access.visible(roomId, caller);
        return lobby(room, room.opensToGuests() ? links.permanent(room) : Optional.empty(), room.callIn());
    }

    /** What the lobby shows to a guest. @throws Refused not found; bad request for a link of another room */
    public LobbyInfo lobby(UUID code, UUID roomId) {
        Room room = links.open(code, now()).map(Invite::room).orElseThrow(Refused::notFound);
        if (!room.id().equals(roomId)) {
            throw Refused.badRequest("The invite code belongs to another room");
        }
        return lobby(room, Optional.of(code), Optional.empty()); // the telephone is for those who were told
    }

    private LobbyInfo lobby(Room room, Optional<UUID> code, Optional<CallIn> callIn) {
        Event event = EventQuery.of(entities, room).orElseThrow(Refused::notFound);
        Admission.EventSummary summary = event.summary();
        return new LobbyInfo(
                summary.id(),
                room.id(),
                summary.title(),
                summary.adhoc(),
                summary.e2eEncryption(),
                event.showsMeetingDetails()
                        ? Optional.of(new Admission.Details(code, callIn, List.of()))
                        : Optional.empty());
    }

    private Event owned(Caller caller, UUID id) {
        Event event = entities.createQuery(
                        "select e from Event e join fetch e.room r join fetch r.owner join fetch e.createdBy"
                                + " where e.id = :id",
                        Event.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .filter(found -> found.room().owner().isOf(caller.tenant()))
                .orElseThrow(Refused::notFound);
        if (!event.isCreatedBy(caller)) {
            throw Refused.forbidden();
        }
        return event;
    }

    /** As exact as the databases are. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
