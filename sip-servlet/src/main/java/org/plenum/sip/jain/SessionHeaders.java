/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import gov.nist.javax.sip.header.extensions.SessionExpiresHeader;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AllowHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.SessionTimer;

/** Reads and writes what session timers need (RFC 4028). */
final class SessionHeaders {
    private SessionHeaders() {}

    /** @return a refusal that names the shortest interval we take */
    static Response tooSmall(Messages messages, Request request) throws ParseException, InvalidArgumentException {
        Response response = messages.answer(request, 422, "Session Interval Too Small");
        MinSE least = new MinSE();
        least.setExpires(SessionTimer.LEAST);
        response.addHeader(least);
        return response;
    }

    static SessionExpires expires(SessionTimer timer, String refresher)
            throws ParseException, InvalidArgumentException {
        SessionExpires expires = new SessionExpires();
        expires.setExpires(timer.interval());
        expires.setRefresher(refresher);
        return expires;
    }

    static Optional<Integer> tooShortInterval(Request request) {
        SessionExpiresHeader expires = (SessionExpiresHeader) request.getHeader(SessionExpiresHeader.NAME);
        return Optional.ofNullable(expires)
                .map(SessionExpiresHeader::getExpires)
                .filter(seconds -> seconds < SessionTimer.LEAST);
    }

    static Optional<SessionTimer> sessionTimer(Request request, long nowNs) {
        SessionExpiresHeader expires = (SessionExpiresHeader) request.getHeader(SessionExpiresHeader.NAME);
        if (expires == null) {
            return Optional.empty();
        }
        boolean they = "uac".equalsIgnoreCase(expires.getRefresher());
        return Optional.of(new SessionTimer(expires.getExpires(), !they, nowNs));
    }

    static boolean allows(Request request, String method) {
        for (Iterator<?> each = request.getHeaders(AllowHeader.NAME); each.hasNext(); ) {
            if (((AllowHeader) each.next()).getMethod().equalsIgnoreCase(method)) {
                return true;
            }
        }
        return false;
    }
}
