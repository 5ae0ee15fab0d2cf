/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.invite;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.room.Paged;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomAccess;
import org.plenum.conference.tariff.TariffInfo;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.User;

/** The one door to guest links. */
@Stateless
public class Invites {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private RoomAccess access;

    @Inject
    private GuestLinks links;

    public Invites() {} // for the container

    public Invites(EntityManager entities, RoomAccess access, GuestLinks links) {
        this.entities = entities;
        this.access = access;
        this.links = links;
    }

    /**
     * Permanent links first, because clients read only the first page.
     *
     * @param page from 1
     */
    public Paged<InviteInfo> list(Caller caller, UUID roomId, int page, int perPage) {
        Room room = access.visible(roomId, caller);
        List<InviteInfo> rows = entities.createQuery(
                        "select i from Invite i join fetch i.createdBy join fetch i.updatedBy where i.room = :room"
                                + " order by case when i.active = true and i.expiresAt is null then 0 else 1 end,"
                                + " i.createdAt, i.code",
                        Invite.class)
                .setParameter("room", room)
                .setFirstResult((page - 1) * perPage)
                .setMaxResults(perPage)
                .getResultStream()
                .map(Invite::info)
                .toList();
        Long total = entities.createQuery("select count(i) from Invite i where i.room = :room", Long.class)
                .setParameter("room", room)
                .getSingleResult();
        return new Paged<>(rows, total);
    }

    /** @param expiration absent: permanent */
    public InviteInfo create(Caller caller, UUID roomId, Optional<Instant> expiration) {
        Room room = access.visible(roomId, caller);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS); // as exact as the databases
        Invite invite = new Invite(room, entities.getReference(User.class, caller.account()), expiration, now);
        entities.persist(invite);
        return invite.info();
    }

    /** @throws Refused not found for unknown, inactive and expired links alike */
    public OpenedRoom verify(UUID code) {
        Room room =
                links.open(code, Instant.now()).orElseThrow(Refused::notFound).room();
        return new OpenedRoom(room.id(), room.password().isPresent());
    }

    /** @throws Refused not found as in {@link #verify}; bad request for a link of another room */
    public TariffInfo tariff(UUID code, UUID roomId) {
        return openRoom(code, roomId).owner().tariff().info();
    }

    private Room openRoom(UUID code, UUID roomId) {
        Room room =
                links.open(code, Instant.now()).orElseThrow(Refused::notFound).room();
        if (!room.id().equals(roomId)) {
            throw Refused.badRequest("The invite code belongs to another room");
        }
        return room;
    }
}
