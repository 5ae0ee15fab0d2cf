/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

/** What a leg has to tell. Called on a media clock: hand over and return. */
public interface LegListener {
    /** A key: 0 to 9, star, hash, A to D. */
    void key(char key);

    /** The last announcement is over, or was stopped. */
    void promptsOver();
}
