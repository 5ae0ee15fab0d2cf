/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import java.util.Set;
import java.util.UUID;

/**
 * The account in whose name a request is made. Made by {@link Users#signIn} alone, from a token that the server has
 * checked; every boundary that acts for an account asks for one, so none can be called without.
 *
 * @param groups the groups that the token names (claim {@code x_grp})
 */
public record Caller(UUID account, String tenant, Set<String> groups) {}
