/* SPDX-License-Identifier: EUPL-1.2 */
/** Accounts, made and renewed from access tokens, and the words in which every boundary refuses. */
package org.plenum.conference.user;
