/* SPDX-License-Identifier: EUPL-1.2 */
/** Meetings in the calendar, and who may enter them. */
package org.plenum.conference.event;
