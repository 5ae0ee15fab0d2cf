/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.invite;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.room.Room;
import org.plenum.conference.user.User;

/** Looks up guest links for the boundaries. To be used within their transaction. */
@Stateless // no CDI bean: those may ask for the persistence unit before the server has installed it
public class GuestLinks {
    @PersistenceContext
    private EntityManager entities;

    public GuestLinks() {} // for the container

    public GuestLinks(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The link with its room, if it opens something now. Unknown, inactive and expired links cost the same one
     * statement, so that the time does not tell them apart.
     */
    public Optional<Invite> open(UUID code, Instant now) {
        return entities.createQuery(
                        "select i from Invite i join fetch i.room r join fetch r.owner o join fetch o.tariff"
                                + " where i.code = :code",
                        Invite.class)
                .setParameter("code", code)
                .getResultStream()
                .findFirst()
                .filter(invite -> invite.opensAt(now));
    }

    /** The oldest link of the room that never expires. */
    public Optional<UUID> permanent(Room room) {
        return entities.createQuery(
                        "select i.code from Invite i where i.room = :room and i.active = true and i.expiresAt is null"
                                + " order by i.createdAt, i.code",
                        UUID.class)
                .setParameter("room", room)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Every event gets one: the clients' edit page asks for it without pause until there is one. */
    public void createPermanent(Room room, User creator, Instant now) {
        entities.persist(new Invite(room, creator, Optional.empty(), now));
    }
}
