/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens of the media engine (JWT, HS256), made without its code; good for one minute. */
public final class MediaToken {
    private MediaToken() {}

    public static String of(String key, String secret, String identity, String room) {
        String header = Json.createObjectBuilder()
                .add("alg", "HS256")
                .add("typ", "JWT")
                .build()
                .toString();
        String claims = Json.createObjectBuilder()
                .add("iss", key)
                .add("sub", identity)
                .add("exp", Instant.now().getEpochSecond() + 60)
                .add(
                        "video",
                        Json.createObjectBuilder()
                                .add("roomJoin", true)
                                .add("room", room)
                                .add("canPublish", true)
                                .add("canSubscribe", true))
                .build()
                .toString();
        String text = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String encoded(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
