/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import livekit.LivekitModels.ParticipantInfo.Kind;
import org.plenum.media.api.TrackSource;

/**
 * LiveKit's access tokens: JWTs (RFC 7519) signed with HS256 and nothing else (RFC 8725 section 3.1). The header names its
 * algorithm and type only: a header that points at keys, or asks for extensions, is refused. Immutable, any thread.
 */
final class AccessTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final Set<String> HEADER_NAMES = Set.of("alg", "typ");
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final long LEEWAY_S = 60;
    private static final long LATEST_S = 1L << 40; // some 35,000 years: no overflow further on
    private static final List<TrackSource> SOURCES = List.of(TrackSource.values());

    private final String issuer;
    private final SecretKeySpec key;

    AccessTokens(String issuer, String secret) {
        this.issuer = issuer;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** @param wallMs milliseconds since 1970, from when on the token holds */
    String sign(Grants grants, Duration life, long wallMs) {
        long now = wallMs / 1000;
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", grants.identity());
        claims.put("nbf", now);
        claims.put("iat", now);
        claims.put("exp", now + life.toSeconds());
        claims.put("name", grants.name());
        if (!grants.metadata().isEmpty()) {
            claims.put("metadata", grants.metadata());
        }
        if (!grants.attributes().isEmpty()) {
            claims.put("attributes", grants.attributes());
        }
        if (grants.kind() != Kind.STANDARD) {
            claims.put("kind", grants.kind().name().toLowerCase(Locale.ROOT));
        }
        claims.put("video", video(grants));
        String signed = HEADER + "." + base64(Json.text(claims));
        return signed + "." + base64(mac(signed));
    }

    private static Map<String, Object> video(Grants grants) {
        Map<String, Object> video = new LinkedHashMap<>();
        video.put("room", grants.room());
        video.put("roomJoin", grants.join());
        video.put("roomCreate", grants.createRoom());
        video.put("canPublish", !grants.sources().isEmpty());
        video.put("canSubscribe", grants.subscribe());
        video.put("canPublishData", grants.publishData());
        video.put("canUpdateOwnMetadata", grants.updateOwnMetadata());
        if (!grants.sources().isEmpty()) { // an empty list would mean all of them
            video.put(
                    "canPublishSources",
                    SOURCES.stream()
                            .filter(grants.sources()::contains)
                            .map(AccessTokens::word)
                            .toList());
        }
        if (grants.hidden()) {
            video.put("hidden", true);
        }
        if (grants.recorder()) {
            video.put("recorder", true);
        }
        return video;
    }

    /**
     * @param token may be null
     * @return empty for whatever is wrong with it; room and identity may still be empty, and joining not granted
     */
    Optional<Grants> verify(String token, long wallMs) {
        return claims(token, wallMs).flatMap(AccessTokens::grants);
    }

    /** @return what the bearer may do from outside of a room; empty for whatever is wrong with it */
    Optional<ServiceGrants> verifyService(String token, long wallMs) {
        return claims(token, wallMs).flatMap(claims -> {
            Claims video = claims.object("video");
            ServiceGrants grants = new ServiceGrants(
                    video.text("room"),
                    video.flag("roomCreate", false),
                    video.flag("roomList", false),
                    video.flag("roomAdmin", false));
            return claims.sound() && video.sound() ? Optional.of(grants) : Optional.empty();
        });
    }

    private Optional<Claims> claims(String token, long wallMs) {
        if (token == null || token.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isSigned(parts)) {
            return Optional.empty();
        }
        return decoded(parts[0])
                .flatMap(Json::object)
                .filter(AccessTokens::isPlain)
                .flatMap(header -> decoded(parts[1]))
                .flatMap(Json::object)
                .map(Claims::new)
                .filter(claims -> claims.text("iss").equals(issuer) && isTimely(claims, wallMs / 1000));
    }

    /** Compared as text, in constant time: no other spelling of the same bytes passes. */
    private boolean isSigned(String[] parts) {
        byte[] expected = base64(mac(parts[0] + "." + parts[1])).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(Map<String, Object> header) {
        Object type = header.getOrDefault("typ", "JWT");
        return "HS256".equals(header.get("alg"))
                && type instanceof String text
                && text.equalsIgnoreCase("JWT")
                && HEADER_NAMES.containsAll(header.keySet());
    }

    private static boolean isTimely(Claims claims, long nowS) {
        Optional<Long> expires = claims.second("exp");
        Optional<Long> notBefore = claims.has("nbf") ? claims.second("nbf") : Optional.of(0L);
        return expires.isPresent()
                && notBefore.isPresent()
                && expires.get() > nowS - LEEWAY_S
                && notBefore.get() <= nowS + LEEWAY_S;
    }

    private static Optional<Grants> grants(Claims claims) {
        Claims video = claims.object("video");
        boolean publish = video.flag("canPublish", true);
        Grants grants = new Grants(
                video.text("room"),
                video.flag("roomJoin", false),
                video.flag("roomCreate", false),
                claims.has("sub") ? claims.text("sub") : claims.text("jti"), // where old tokens put it
                claims.text("name"),
                claims.text("metadata"),
                claims.object("attributes").texts(),
                kind(claims.text("kind")),
                publish ? sources(video.list("canPublishSources")) : Set.of(),
                video.flag("canSubscribe", true),
                video.flag("canPublishData", publish),
                video.flag("canUpdateOwnMetadata", false),
                video.flag("hidden", false),
                video.flag("recorder", false));
        return claims.sound() && video.sound() ? Optional.of(grants) : Optional.empty();
    }

    /** An empty list means all; a name that we do not know allows nothing. */
    private static Set<TrackSource> sources(List<String> names) {
        return names.isEmpty()
                ? Grants.ALL_SOURCES
                : SOURCES.stream().filter(s -> names.contains(word(s))).collect(Collectors.toUnmodifiableSet());
    }

    private static String word(TrackSource source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(k -> k.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(Kind.STANDARD);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM); // one a call: a Mac is not for many threads
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " belongs to every JDK", e);
        }
    }

    private static Optional<byte[]> decoded(String part) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads members by type and remembers when one had another type than it should. */
    private static final class Claims {
        private final Map<?, ?> members;
        private boolean sound = true;

        Claims(Map<?, ?> members) {
            this.members = members;
        }

        boolean sound() {
            return sound;
        }

        boolean has(String name) {
            return members.containsKey(name);
        }

        String text(String name) {
            return value(name, String.class, "");
        }

        boolean flag(String name, boolean absent) {
            return value(name, Boolean.class, absent);
        }

        Optional<Long> second(String name) {
            return members.get(name) instanceof Long number && number >= 0 && number < LATEST_S
                    ? Optional.of(number)
                    : Optional.empty();
        }

        Claims object(String name) {
            return new Claims(value(name, Map.class, Map.of()));
        }

        List<String> list(String name) {
            List<?> items = value(name, List.class, List.of());
            List<String> texts = items.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
            sound &= texts.size() == items.size();
            return texts;
        }

        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            members.forEach((name, value) -> texts.put((String) name, value instanceof String text ? text : ""));
            return texts;
        }

        private <T> T value(String name, Class<T> type, T absent) {
            Object value = members.get(name);
            if (value == null) {
                return absent;
            }
            sound &= type.isInstance(value);
            return type.isInstance(value) ? type.cast(value) : absent;
        }
    }
}
