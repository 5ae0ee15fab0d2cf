/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;

/**
 * Who may do what with a room (rest.md section 5.4). Rooms of other tenants are not to be told from rooms that never
 * were; colleagues may know that a room exists. To be used within the transaction of a boundary.
 */
@Stateless // no CDI bean: those may ask for the persistence unit before the server has installed it
public class RoomAccess {
    @PersistenceContext
    private EntityManager entities;

    public RoomAccess() {} // for the container

    public RoomAccess(EntityManager entities) {
        this.entities = entities;
    }

    /** The room, with its owner and the owner's tariff, which nearly everybody looks at next. */
    public Optional<Room> find(UUID id) {
        return entities.createQuery(
                        "select r from Room r join fetch r.owner o join fetch o.tariff where r.id = :id", Room.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** The room of these ten digits, as {@link #find} gives it. */
    public Optional<Room> ofCallInId(String id) {
        return entities.createQuery(
                        "select r from Room r join fetch r.owner o join fetch o.tariff where r.callInId = :id",
                        Room.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    public Optional<Invitee> invitation(Room room, Caller caller) {
        return entities.createQuery(
                        "select i from Invitee i where i.room = :room and i.user.id = :account", Invitee.class)
                .setParameter("room", room)
                .setParameter("account", caller.account())
                .getResultStream()
                .findFirst();
    }

    /** @throws Refused not found, or forbidden to anybody but the owner and the invited */
    public Room visible(UUID id, Caller caller) {
        Room room = ofTenant(id, caller);
        if (!room.isOwnedBy(caller) && invitation(room, caller).isEmpty()) {
            throw Refused.forbidden();
        }
        return room;
    }

    /** @throws Refused not found, or forbidden to anybody but the owner */
    public Room owned(UUID id, Caller caller) {
        Room room = ofTenant(id, caller);
        if (!room.isOwnedBy(caller)) {
            throw Refused.forbidden();
        }
        return room;
    }

    private Room ofTenant(UUID id, Caller caller) {
        return find(id).filter(room -> room.owner().isOf(caller.tenant())).orElseThrow(Refused::notFound);
    }
}
