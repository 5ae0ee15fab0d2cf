/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;

/**
 * Reads events with all that is shown of them: one statement for the rows, one more for their invitees if any are
 * wanted, however many rows there are.
 */
final class EventQuery {
    private static final String ROWS = "select e as event, mine.status as status, mark.event as mark,"
            + " (select count(i) from Invitee i where i.room = r) as invited from Event e"
            + " join fetch e.room r join fetch r.owner join fetch e.createdBy join fetch e.updatedBy"
            + " left join Invitee mine on mine.room = r and mine.user.id = :me"
            + " left join Favourite mark on mark.event = e.id and mark.account = :me";
    private static final String VISIBLE = "(e.createdBy.id = :me or mine.status is not null)";
    private static final String BEHIND = "(e.sortsAt > :sortsAt or e.sortsAt = :sortsAt and (e.createdAt > :createdAt"
            + " or e.createdAt = :createdAt and e.id > :id))";
    private static final String IN_FRONT = "(e.sortsAt < :sortsAt or e.sortsAt = :sortsAt and (e.createdAt < :createdAt"
            + " or e.createdAt = :createdAt and e.id < :id))";

    private final EntityManager entities;
    private final Caller caller;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    EventQuery(EntityManager entities, Caller caller) {
        this.entities = entities;
        this.caller = caller;
        parameters.put("me", caller.account());
    }

    /** @throws Refused not found; forbidden to anybody but the creator and the invited */
    EventInfo one(UUID id, int invitees) {
        where("e.id = :event", "event", id);
        List<Tuple> found = rows("e.id", 1);
        found.removeIf(row -> !event(row).room().owner().isOf(caller.tenant()));
        if (found.isEmpty()) {
            throw Refused.notFound();
        }
        if (!event(found.get(0)).isCreatedBy(caller) && found.get(0).get("status") == null) {
            throw Refused.forbidden();
        }
        return infos(found, invitees).get(0);
    }

    EventPage page(EventFilter filter, Window window, int invitees) {
        conditions.add(VISIBLE);
        apply(filter);
        boolean backwards = window.before().isPresent();
        window.after().ifPresent(cursor -> from(cursor, BEHIND));
        window.before().ifPresent(cursor -> from(cursor, IN_FRONT));
        String direction = backwards ? " desc" : "";
        String order = "e.sortsAt" + direction + ", e.createdAt" + direction + ", e.id" + direction;
        List<Tuple> found = new ArrayList<>(rows(order, window.rows() + 1)); // one more tells whether there are more
        boolean more = found.size() > window.rows();
        if (more) {
            found.remove(found.size() - 1);
        }
        if (backwards) {
            Collections.reverse(found);
        }
        boolean hasBefore = backwards ? more : window.after().isPresent();
        boolean hasAfter = backwards || more;
        return new EventPage(
                infos(found, invitees),
                found.isEmpty() || !hasBefore ? Optional.empty() : Optional.of(cursor(found.get(0))),
                found.isEmpty() || !hasAfter ? Optional.empty() : Optional.of(cursor(found.get(found.size() - 1))));
    }

    private void apply(EventFilter filter) {
        // the end of a series is not known here: it counts as one that goes on
        filter.from().ifPresent(t -> where("(e.endsAt >= :from or e.recurrence is not null)", "from", t));
        filter.until().ifPresent(t -> where("e.startsAt <= :until", "until", t));
        filter.createdAfter().ifPresent(t -> where("e.createdAt >= :createdAfter", "createdAfter", t));
        filter.createdBefore().ifPresent(t -> where("e.createdAt <= :createdBefore", "createdBefore", t));
        filter.adhoc().ifPresent(b -> where("e.adhoc = :adhoc", "adhoc", b));
        filter.timeIndependent().ifPresent(b -> where("e.timeIndependent = :timeless", "timeless", b));
        if (filter.favourites()) {
            conditions.add("mark.event is not null");
        }
        if (!filter.statuses().isEmpty()) {
            String own = filter.statuses().contains(Invitee.Status.ACCEPTED) ? "e.createdBy.id = :me or " : "";
            where("(" + own + "mine.status in :statuses)", "statuses", filter.statuses());
        }
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private void from(Cursor cursor, String condition) {
        where(condition, "sortsAt", cursor.sortsAt());
        parameters.put("createdAt", cursor.createdAt());
        parameters.put("id", cursor.id());
    }

    private List<Tuple> rows(String order, int limit) {
        TypedQuery<Tuple> query = entities.createQuery(
                ROWS + " where " + String.join(" and ", conditions) + " order by " + order, Tuple.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    static Optional<Event> of(EntityManager entities, Room room) {
        return entities.createQuery("select e from Event e where e.room = :room", Event.class)
                .setParameter("room", room)
                .getResultStream()
                .findFirst();
    }

    private static Event event(Tuple row) {
        return row.get("event", Event.class);
    }

    private static Cursor cursor(Tuple row) {
        return event(row).cursor();
    }

    private List<EventInfo> infos(List<Tuple> rows, int limit) {
        Map<UUID, List<EventInfo.InviteeInfo>> invitees = limit == 0 ? Map.of() : invitees(rows);
        return rows.stream().map(row -> info(row, invitees, limit)).toList();
    }

    private EventInfo info(Tuple row, Map<UUID, List<EventInfo.InviteeInfo>> byRoom, int limit) {
        Event event = event(row);
        List<EventInfo.InviteeInfo> shown = byRoom.getOrDefault(event.room().id(), List.of()).stream()
                .limit(limit)
                .toList();
        return event.seenBy(
                caller,
                new Event.View(
                        shown,
                        row.get("invited", Long.class) > shown.size(),
                        event.isCreatedBy(caller) ? Invitee.Status.ACCEPTED : row.get("status", Invitee.Status.class),
                        row.get("mark") != null));
    }

    private Map<UUID, List<EventInfo.InviteeInfo>> invitees(List<Tuple> rows) {
        return entities.createQuery(
                        "select i from Invitee i join fetch i.user where i.room.id in :rooms"
                                + " order by i.createdAt, i.user.id",
                        Invitee.class)
                .setParameter(
                        "rooms",
                        rows.stream().map(row -> event(row).room().id()).toList())
                .getResultStream()
                .collect(Collectors.groupingBy(
                        Invitee::roomId,
                        Collectors.mapping(
                                i -> new EventInfo.InviteeInfo(i.user().profile(), i.role(), i.status()),
                                Collectors.toList())));
    }
}
