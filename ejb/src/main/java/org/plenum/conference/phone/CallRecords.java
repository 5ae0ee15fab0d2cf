/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.phone;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one door to call records. */
@Stateless
public class CallRecords {
    private static final int LONGEST = 64;

    @PersistenceContext
    private EntityManager entities;

    public CallRecords() {} // for the container

    public CallRecords(EntityManager entities) {
        this.entities = entities;
    }

    /** @param call texts beyond 64 characters are cut: they come from the network */
    public void keep(EndedCall call) {
        boolean roomIsGone = call.room().isPresent()
                && entities.createQuery("select r.id from Room r where r.id = :room")
                        .setParameter("room", call.room().get())
                        .getResultList()
                        .isEmpty();
        entities.persist(new CallRecord(new EndedCall(
                roomIsGone ? Optional.empty() : call.room(),
                call.started(),
                call.ended(),
                call.result(),
                cut(call.dialled()),
                cut(call.caller()))));
    }

    /** The newest first. @param limit at least 1 */
    public List<EndedCall> since(Instant from, int limit) {
        return entities.createQuery(
                        "select c from CallRecord c where c.startedAt >= :from order by c.startedAt desc",
                        CallRecord.class)
                .setParameter("from", from)
                .setMaxResults(limit)
                .getResultStream()
                .map(CallRecord::call)
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
