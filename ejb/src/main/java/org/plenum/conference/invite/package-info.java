/* SPDX-License-Identifier: EUPL-1.2 */
/** Guest links. */
package org.plenum.conference.invite;
