/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.ejb.ApplicationException;

/** The meeting cannot be entered now, later it may: HTTP 503, upon which the web app tries again. */
@ApplicationException
public final class MeetingUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MeetingUnavailable(String message) {
        super(message, null, false, false);
    }
}
