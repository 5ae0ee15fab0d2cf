/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Claims;
import org.plenum.conference.user.Users;
import org.wildfly.security.http.oidc.AccessToken;
import org.wildfly.security.http.oidc.OidcPrincipal;

/** Who makes this request. The container has checked the token; a bad one leaves no principal on an open path. */
@RequestScoped
public class Callers {
    @Inject
    private HttpServletRequest request;

    @Inject
    private Users users;

    private Optional<Caller> present;

    /** @return the account of the token, if there is a good one; made and renewed along the way */
    public Optional<Caller> present() {
        if (present == null) {
            present = token().map(token -> users.signIn(claims(token)));
        }
        return present;
    }

    /** @throws ApiError unauthorized */
    public Caller require() {
        return present().orElseThrow(() -> ApiError.unauthorized("A valid access token is needed"));
    }

    /**
     * For paths that take an access token or an invite code.
     *
     * @return the invite code; nothing when there is an account to ask for instead
     * @throws ApiError unauthorized: neither; with the text that says whether a new token could help
     */
    public Optional<UUID> inviteCode() {
        Authorization authorization = authorization();
        if (authorization.isBearer()) {
            require();
            return Optional.empty();
        }
        Optional<UUID> code = authorization.inviteCode();
        if (code.isEmpty()) {
            throw ApiError.unauthorized(ApiError.UNREADABLE);
        }
        return code;
    }

    private Authorization authorization() {
        return new Authorization(Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)));
    }

    /** The container would also take a token from the query, which ends up in logs and histories: not here. */
    private Optional<AccessToken> token() {
        return authorization().isBearer() && request.getUserPrincipal() instanceof OidcPrincipal<?> principal
                ? Optional.of(principal.getOidcSecurityContext().getToken())
                : Optional.empty();
    }

    private static Claims claims(AccessToken token) {
        return new Claims(
                Optional.ofNullable(token.getSubject()),
                text(token, "email"),
                text(token, "given_name"),
                text(token, "family_name"),
                text(token, "nickname"),
                text(token, "picture"),
                text(token, "locale"),
                groups(token));
    }

    private static Optional<String> text(AccessToken token, String claim) {
        return token.getClaimValue(claim) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    private static Set<String> groups(AccessToken token) {
        return token.getClaimValue("x_grp") instanceof Collection<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
