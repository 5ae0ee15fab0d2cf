/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What a room needs of the world, so that it can be tested in virtual time.
 *
 * @param threads runs the room's turns, one at a time, and its jobs
 */
record Surroundings(InstantSource time, Executor threads, Alarms alarms) {}
