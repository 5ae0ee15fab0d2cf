/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.event.Admission;

/**
 * The one-time tokens of start requests (envelope.md section 1). A token is claimed before the upgrade and taken after
 * it, because the socket can tell nothing to its HTTP request: the second claim fails. Any thread.
 */
final class Tickets {
    static final Duration LIFE = Duration.ofSeconds(30);

    /** @param publicBaseUrl the server's address as this client sees it, without a slash at its end */
    record Ticket(Admission admission, String publicBaseUrl, Instant until) {}

    private final InstantSource time;
    private final int limit;
    private final Map<String, Ticket> issued = new LinkedHashMap<>(); // all live equally long: the oldest go first
    private final Map<String, Ticket> claimed = new LinkedHashMap<>();

    Tickets(InstantSource time, int limit) {
        this.time = time;
        this.limit = limit;
    }

    /** @throws MeetingUnavailable while too many are open */
    synchronized String issue(Admission admission, String publicBaseUrl) {
        dropExpired();
        if (issued.size() >= limit) {
            throw new MeetingUnavailable("too many people are entering at once");
        }
        String token = UUID.randomUUID().toString();
        issued.put(token, new Ticket(admission, publicBaseUrl, time.instant().plus(LIFE)));
        return token;
    }

    /** Absent: unknown, too old, or claimed before. */
    synchronized Optional<Ticket> claim(String token) {
        dropExpired();
        Optional<Ticket> ticket = Optional.ofNullable(issued.remove(token));
        ticket.ifPresent(valid -> claimed.put(token, valid));
        return ticket;
    }

    synchronized Optional<Ticket> take(String token) {
        return Optional.ofNullable(claimed.remove(token));
    }

    synchronized int open() {
        dropExpired();
        return issued.size() + claimed.size();
    }

    private void dropExpired() {
        Instant now = time.instant();
        dropExpired(issued, now);
        dropExpired(claimed, now.minus(LIFE)); // an upgrade that came late may still be under way
    }

    private static void dropExpired(Map<String, Ticket> tickets, Instant now) {
        Iterator<Ticket> oldest = tickets.values().iterator();
        while (oldest.hasNext() && !oldest.next().until().isAfter(now)) {
            oldest.remove();
        }
    }
}
