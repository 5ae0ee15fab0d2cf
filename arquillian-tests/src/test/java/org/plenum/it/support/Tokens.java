/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access tokens for alice, bob, carol, dave, erin (Keycloak's accounts) and lena, otto (LDAP); everybody's password is the name.
 * A token is used for half of its five minutes.
 */
public final class Tokens {
    static final String CLIENT = "plenum-test";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, Held> HELD = new ConcurrentHashMap<>();

    private record Held(String token, long untilNs) {}

    private Tokens() {}

    public static String of(String user) {
        return HELD.compute(
                        user,
                        (name, held) -> held != null && held.untilNs - System.nanoTime() > 0
                                ? held
                                : new Held(fresh(name), System.nanoTime() + 150_000_000_000L))
                .token;
    }

    /** A token of a sign-in of its own. */
    public static String fresh(String user) {
        return grant(user, user).getString("access_token");
    }

    /** Keycloak's answer to a password grant: access_token, refresh_token, or error. */
    public static JsonObject grant(String user, String password) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(PlenumServer.realmUri() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=password&client_id=" + CLIENT
                        + "&scope=openid+profile+email&username=" + user + "&password=" + password))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            return Json.createReader(new StringReader(answer.body())).readObject();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What a token claims; not verified. */
    public static JsonObject claims(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return Json.createReader(new StringReader(payload)).readObject();
    }
}
