/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;
import org.plenum.conference.tariff.TariffInfo;
import org.plenum.conference.user.Caller;

/** The one door to rooms. */
@Stateless
public class Rooms {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private RoomAccess access;

    @Inject
    private Event<RoomDeleted> deleted;

    public Rooms() {} // for the container

    public Rooms(EntityManager entities, RoomAccess access, Event<RoomDeleted> deleted) {
        this.entities = entities;
        this.access = access;
        this.deleted = deleted;
    }

    public RoomInfo read(Caller caller, UUID id) {
        return access.visible(id, caller).info();
    }

    /** The tariff of a room is its owner's. */
    public TariffInfo tariff(Caller caller, UUID id) {
        return access.visible(id, caller).owner().tariff().info();
    }

    /** With its event, invitations and guest links, which the database removes along. */
    public void delete(Caller caller, UUID id) {
        entities.remove(access.owned(id, caller));
        deleted.fire(new RoomDeleted(id));
    }
}
