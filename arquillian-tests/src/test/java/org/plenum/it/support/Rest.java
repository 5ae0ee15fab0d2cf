/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** One caller of REST: paths begin with {@code /v1} and are sent as they are. */
public final class Rest {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Optional<String> authorization;

    private Rest(Optional<String> authorization) {
        this.authorization = authorization;
    }

    /** An answer. {@link #object} and {@link #array} fail with the text when it is something else. */
    public record Answer(int status, HttpHeaders headers, String text) {
        public JsonObject object() {
            return json().asJsonObject();
        }

        public JsonArray array() {
            return json().asJsonArray();
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** The {@code code} of an error body. */
        public String code() {
            return object().getString("code");
        }

        private JsonStructure json() {
            try {
                return Json.createReader(new StringReader(text)).read();
            } catch (RuntimeException noJson) {
                throw new AssertionError(status + " with a body that is no JSON: " + text, noJson);
            }
        }
    }

    public static Rest as(String user) {
        return new Rest(Optional.of("Bearer " + Tokens.of(user)));
    }

    public static Rest anonymous() {
        return new Rest(Optional.empty());
    }

    public static Rest withInviteCode(String code) {
        return new Rest(Optional.of("InviteCode " + code));
    }

    /** With this Authorization header, valid or not. */
    public static Rest withAuthorization(String header) {
        return new Rest(Optional.of(header));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, JsonValue body) {
        return send("POST", path, body.toString());
    }

    public Answer put(String path, JsonValue body) {
        return send("PUT", path, body.toString());
    }

    public Answer patch(String path, JsonValue body) {
        return send("PATCH", path, body.toString());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A body as it is, JSON or not; null sends none. Further headers as name, value, name, value. */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        PlenumServer.baseUri().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(method + " " + path, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
