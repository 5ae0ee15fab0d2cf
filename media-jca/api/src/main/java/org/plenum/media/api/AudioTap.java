/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** Hears the loudest tracks of one room until it is closed. Any thread, never blocks. */
public interface AudioTap extends AutoCloseable {
    @Override
    void close();
}
