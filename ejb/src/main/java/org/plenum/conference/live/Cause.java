/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonNumber;
import java.util.Optional;

/**
 * Who and what brought a module to act; also that of the timers and jobs it starts then.
 *
 * @param person null when nobody did, as when the room closes
 * @param connection null when it is about no certain one; may have been closed in the meantime
 * @param transaction of the command
 */
record Cause(Person person, Connection connection, Optional<JsonNumber> transaction) {
    static final Cause NOBODY = new Cause(null, null, Optional.empty());

    static Cause of(Connection connection) {
        return new Cause(connection.person, connection, Optional.empty());
    }

    static Cause of(Connection connection, Optional<JsonNumber> transaction) {
        return new Cause(connection.person, connection, transaction);
    }
}
