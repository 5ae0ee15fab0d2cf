/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Properties;

/**
 * The system properties of the web tier, read and checked once at start.
 *
 * <ul>
 *   <li>{@code plenum.public-url}: address of this server as browsers see it, without a path; empty: derived from each
 *       request
 *   <li>{@code plenum.oidc.url}: the issuer (default {@code http://localhost:8180/realms/plenum})
 *   <li>{@code plenum.oidc.client}: the browser's client at the issuer (default {@code Frontend})
 *   <li>{@code plenum.moderator-group}: members moderate every room that they may enter (default {@code /moderators})
 *   <li>{@code plenum.allowed-origins}: see {@link AllowedOrigins}
 * </ul>
 */
@ApplicationScoped
public class Settings {
    private final Optional<String> publicUrl;
    private final String oidcUrl;
    private final String oidcClient;
    private final String moderatorGroup;
    private final AllowedOrigins allowedOrigins;

    public Settings() {
        this(System.getProperties());
    }

    /** @throws IllegalArgumentException a property is not usable, named in the message */
    public Settings(Properties properties) {
        publicUrl = Optional.of(properties.getProperty("plenum.public-url", "").strip())
                .filter(url -> !url.isEmpty())
                .map(url -> address("plenum.public-url", url));
        oidcUrl = address(
                "plenum.oidc.url", properties.getProperty("plenum.oidc.url", "http://localhost:8180/realms/plenum"));
        oidcClient = properties.getProperty("plenum.oidc.client", "Frontend");
        moderatorGroup = properties.getProperty("plenum.moderator-group", "/moderators");
        allowedOrigins = AllowedOrigins.parse(properties.getProperty("plenum.allowed-origins", ""));
    }

    public String oidcUrl() {
        return oidcUrl;
    }

    public String oidcClient() {
        return oidcClient;
    }

    public String moderatorGroup() {
        return moderatorGroup;
    }

    public AllowedOrigins allowedOrigins() {
        return allowedOrigins;
    }

    /**
     * Where browsers reach this server, without a slash at the end.
     *
     * @param request any address of the request, as the server sees it
     */
    public String publicUrl(URI request) {
        return publicUrl.orElseGet(() -> origin(request));
    }

    /** Scheme, host and port of an address: the port only if it is given. */
    public static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static String address(String property, String value) {
        try {
            URI uri = new URI(value);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
            }
        } catch (URISyntaxException noAddress) {
            throw new IllegalArgumentException(property + " is no address: " + value, noAddress);
        }
        throw new IllegalArgumentException(property + " must be an http or https address without query: " + value);
    }
}
