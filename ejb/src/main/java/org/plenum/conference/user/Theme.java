/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

public enum Theme {
    LIGHT,
    DARK,
    SYSTEM
}
