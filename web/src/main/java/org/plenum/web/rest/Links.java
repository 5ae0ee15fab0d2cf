/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.plenum.conference.event.EventPage;

/**
 * The Link header of a list (RFC 8288; rest.md section 1.5): absolute addresses, with the other parameters of the query.
 * The web app ignores a header above 2000 characters, so one that would be is left out.
 */
final class Links {
    private static final int LONGEST = 2000;
    private static final Set<String> REPLACED = Set.of("page", "after", "before", "access_token");

    private final String address;
    private final List<String> kept = new ArrayList<>();
    private final List<String> links = new ArrayList<>();

    /** @param publicUrl where clients reach the server, without a slash at the end */
    Links(String publicUrl, URI request) {
        this.address = publicUrl + request.getRawPath();
        if (request.getRawQuery() != null) {
            for (String parameter : request.getRawQuery().split("&")) {
                if (!REPLACED.contains(parameter.split("=", 2)[0])) {
                    kept.add(parameter);
                }
            }
        }
    }

    Optional<String> cursors(EventPage page) {
        page.before().ifPresent(cursor -> add("before", "before=" + cursor.text()));
        page.after().ifPresent(cursor -> add("after", "after=" + cursor.text()));
        return header();
    }

    /** @param page from 1 */
    Optional<String> pages(int page, int perPage, long total) {
        long last = Math.max(1, (total + perPage - 1) / perPage);
        if (last == 1) {
            return Optional.empty();
        }
        add("first", "page=1");
        if (page > 1) {
            add("prev", "page=" + (page - 1));
        }
        if (page < last) {
            add("next", "page=" + (page + 1));
        }
        add("last", "page=" + last);
        return header();
    }

    private void add(String relation, String parameter) {
        List<String> parameters = new ArrayList<>(kept);
        parameters.add(parameter);
        links.add("<" + address + "?" + String.join("&", parameters) + ">; rel=\"" + relation + "\"");
    }

    private Optional<String> header() {
        return Optional.of(String.join(", ", links)).filter(text -> !text.isEmpty() && text.length() <= LONGEST);
    }
}
