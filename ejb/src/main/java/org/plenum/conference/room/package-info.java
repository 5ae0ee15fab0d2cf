/* SPDX-License-Identifier: EUPL-1.2 */
/** Rooms, who was invited to them, and who may do what with them. */
package org.plenum.conference.room;
