/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.Recipients;
import org.plenum.conference.signaling.RoomKind;

/** Everybody the room knows, in the order in which they came. The room's thread only. */
final class People {
    private final int remembered;
    private final Map<ParticipantId, Person> known = new LinkedHashMap<>();

    /** @param remembered how many of those who have gone are kept; the ones who left first are forgotten */
    People(int remembered) {
        this.remembered = remembered;
    }

    Optional<Person> find(ParticipantId id) {
        return Optional.ofNullable(known.get(id));
    }

    void add(Person person) {
        known.put(person.id, person);
    }

    /** Somebody who never got in leaves no trace; of those who did, as many as the limit says. */
    void gone(Person person) {
        if (person.joinedAt.isEmpty()) {
            known.remove(person.id);
            return;
        }
        List<Person> left = known.values().stream()
                .filter(former -> former.leftAt.isPresent() && !former.isWaiting())
                .toList();
        if (left.size() > remembered) {
            left.stream()
                    .min(Comparator.comparing(former -> former.leftAt.get()))
                    .ifPresent(first -> known.remove(first.id));
        }
    }

    void clear() {
        known.clear();
    }

    Collection<Person> all() {
        return known.values();
    }

    Stream<Person> connected() {
        return known.values().stream().filter(Person::isConnected);
    }

    Stream<Person> waiting() {
        return known.values().stream().filter(Person::isWaiting);
    }

    /** As the participant limit counts them: connected or waiting. */
    long present() {
        return known.values().stream()
                .filter(person -> person.isConnected() || person.isWaiting())
                .count();
    }

    List<Participant> views() {
        return connected().map(Person::view).toList();
    }

    List<Connection> conference() {
        return connectionsOf(person -> true);
    }

    List<Connection> moderators() {
        return connectionsOf(Person::isModerator);
    }

    List<Connection> waitingConnections() {
        return waiting().flatMap(person -> person.waiting.values().stream()).toList();
    }

    /**
     * @param connection the sender's, null when it is not about one
     * @param sender null when nobody caused the event
     */
    List<Connection> reachedBy(Recipients to, RoomKind kind, Person sender, Connection connection) {
        if (to instanceof Recipients.People people) {
            return people.ids().stream()
                    .map(known::get)
                    .filter(person -> person != null)
                    .flatMap(person -> ownConnections(person).stream())
                    .toList();
        }
        if (to instanceof Recipients.Connections connections) {
            return open(connections.ids());
        }
        return switch ((Recipients.Group) to) {
            case CONN -> connection == null ? List.of() : List.of(connection);
            case OWN -> sender == null ? List.of() : ownConnections(sender);
            case ROOM -> connectionsOf(person -> person.kind.equals(kind));
            case CONFERENCE -> conference();
            case MODERATORS -> moderators();
            case WAITING -> waitingConnections();
        };
    }

    private List<Connection> open(Set<ConnectionId> ids) {
        return known.values().stream()
                .flatMap(person -> ownConnections(person).stream())
                .filter(connection -> ids.contains(connection.id))
                .toList();
    }

    private List<Connection> connectionsOf(Predicate<Person> wanted) {
        return connected()
                .filter(wanted)
                .flatMap(person -> person.connections.values().stream())
                .toList();
    }

    static List<Connection> ownConnections(Person person) {
        return Stream.concat(person.connections.values().stream(), person.waiting.values().stream())
                .toList();
    }
}
