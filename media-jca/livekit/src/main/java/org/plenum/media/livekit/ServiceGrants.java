/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

/**
 * What a token lets its bearer do with rooms from outside.
 *
 * @param room of which it may be the administrator; may be empty
 */
record ServiceGrants(String room, boolean create, boolean list, boolean admin) {
    boolean administers(String name) {
        return admin && room.equals(name);
    }
}
