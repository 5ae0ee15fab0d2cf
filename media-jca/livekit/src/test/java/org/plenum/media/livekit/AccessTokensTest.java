/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.TrackSource;
import org.plenum.media.api.Verdict;

class AccessTokensTest {
    private static final JsonObject VECTORS = vectors();
    private static final JsonObject ROOM_TOKEN = VECTORS.getJsonObject("roomToken");
    private static final String SECRET = ROOM_TOKEN.getString("secret");
    private static final long NOW_MS = ROOM_TOKEN.getJsonNumber("clockUnix").longValue() * 1000;
    private static final ConnectParameters ROOM_1 =
            new ConnectParameters(Map.of("protocol", "17", "room", "room-1"), "");

    private final Entrance entrance = new Entrance(SignalConfig.of("plenumkey", SECRET), Set.of());
    private final AccessTokens tokens = new AccessTokens("plenumkey", SECRET);

    private static JsonObject vectors() {
        try (JsonReader reader = Json.createReader(AccessTokensTest.class.getResourceAsStream("/jwt.json"))) {
            return reader.readObject();
        }
    }

    @Test
    void theRoomTokenPasses() {
        assertEquals(Verdict.SUCCESS, entrance.validate(ROOM_TOKEN.getString("token"), ROOM_1, NOW_MS));

        Grants grants = tokens.verify(ROOM_TOKEN.getString("token"), NOW_MS).orElseThrow();
        assertEquals("room-1", grants.room());
        assertEquals("participant-1", grants.identity());
        assertEquals("Alice", grants.name());
        assertEquals(Grants.ALL_SOURCES, grants.sources());
        assertTrue(grants.join() && grants.subscribe() && grants.publishData());
        assertFalse(grants.updateOwnMetadata() || grants.hidden() || grants.createRoom());
        assertEquals("(grants " + grants.sources() + ")", grants.toString());
    }

    @TestFactory
    Stream<DynamicTest> whatMustBeRejected() {
        return VECTORS.getJsonArray("mustReject").getValuesAs(JsonObject.class).stream()
                .map(v -> DynamicTest.dynamicTest(
                        v.getString("name"),
                        () -> assertEquals(
                                401,
                                entrance.validate(v.getString("token"), ROOM_1, NOW_MS)
                                        .status())));
    }

    @Test
    void thereAreTwentyFourOfThem() {
        assertEquals(24, VECTORS.getJsonArray("mustReject").size());
    }

    @Test
    void theMinuteOfLeewayEndsSharply() {
        String token =
                signed("{'iss':'plenumkey','sub':'a','nbf':1000,'exp':2000,'video':{'room':'r','roomJoin':true}}");
        assertFalse(tokens.verify(token, 939_999).isPresent());
        assertTrue(tokens.verify(token, 940_000).isPresent());
        assertTrue(tokens.verify(token, 2_059_999).isPresent());
        assertFalse(tokens.verify(token, 2_060_000).isPresent());
    }

    @Test
    void theIdentityOfOldTokensStandsInJti() {
        String token = signed("{'iss':'plenumkey','jti':'old','exp':2000,'video':{'room':'r','roomJoin':true}}");
        assertEquals("old", tokens.verify(token, 1_000_000).orElseThrow().identity());
    }

    @Test
    void emptySourcesMeanAllAndUnknownNamesNothing() {
        String all = "{'iss':'plenumkey','sub':'a','exp':2000,'video':{'roomJoin':true,'canPublishSources':[]}}";
        String unknown = all.replace("[]", "['hologram']");
        String none = all.replace("'canPublishSources':[]", "'canPublish':false");
        assertEquals(
                Grants.ALL_SOURCES, tokens.verify(signed(all), 0).orElseThrow().sources());
        assertEquals(Set.of(), tokens.verify(signed(unknown), 0).orElseThrow().sources());
        assertEquals(Set.of(), tokens.verify(signed(none), 0).orElseThrow().sources());
        assertFalse(tokens.verify(signed(none), 0).orElseThrow().publishData());
    }

    @Test
    void claimsOfAnotherTypeAreRefused() {
        String good = "{'iss':'plenumkey','sub':'a','exp':2000,'name':'n','video':{'roomJoin':true}}";
        assertTrue(tokens.verify(signed(good), 0).isPresent());
        for (String[] change : new String[][] {
            {"'n'", "7"},
            {"'n'", "null"},
            {"true", "'true'"},
            {"{'roomJoin':true}", "[]"},
            {"'a'", "{}"},
            {"2000", "2000.5"},
            {"2000", "-1"},
            {"2000", "99999999999999999999"},
            {"true}}", "true}"},
        }) {
            assertFalse(
                    tokens.verify(signed(good.replace(change[0], change[1])), 0).isPresent(), change[1]);
        }
        assertFalse(tokens.verify(signed(good + " "), 0).isEmpty());
        assertTrue(tokens.verify(signed(good + "{}"), 0).isEmpty());
        assertTrue(tokens.verify(signed("[".repeat(5000)), 0).isEmpty());
    }

    @Test
    void emptyOrEndlessNamesAre400() {
        String good = "{'iss':'plenumkey','sub':'a','exp':2000,'name':'n','video':{'room':'r','roomJoin':true}}";
        String endless = "x".repeat(257);
        ConnectParameters anywhere = new ConnectParameters(Map.of("protocol", "17"), "");
        assertEquals(200, entrance.validate(signed(good), anywhere, 0).status());
        assertEquals(
                400,
                entrance.validate(signed(good.replace("'a'", "''")), anywhere, 0)
                        .status());
        assertEquals(
                400,
                entrance.validate(signed(good.replace("'r'", "''")), anywhere, 0)
                        .status());
        assertEquals(
                400,
                entrance.validate(signed(good.replace("'r'", "'" + endless + "'")), anywhere, 0)
                        .status());
        assertEquals(
                400,
                entrance.validate(signed(good.replace("'n'", "'" + endless + "'")), anywhere, 0)
                        .status());
        assertEquals(401, entrance.validate("a".repeat(20_000), anywhere, 0).status());
    }

    @Test
    void whatIsIssuedIsReadBack() {
        AccessRequest request = new AccessRequest(
                new MediaRoomId("r:main"),
                "p:c",
                "Jörg \"X\" 😀",
                Set.of(TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE_AUDIO),
                true,
                true,
                true,
                Duration.ofSeconds(32));
        String token = entrance.accessToken(request, 5_000_000);
        Grants grants = tokens.verify(token, 5_031_000).orElseThrow();

        assertEquals("Jörg \"X\" 😀", grants.name());
        assertEquals(request.sources(), grants.sources());
        assertTrue(grants.hidden() && grants.createRoom() && grants.subscribe());
        assertFalse(grants.publishData());
        assertTrue(tokens.verify(token, 5_092_000).isEmpty());
    }

    @Test
    void nothingToPublishIsWrittenAsCanPublishFalse() {
        AccessRequest request =
                new AccessRequest(new MediaRoomId("r"), "p", "p", Set.of(), true, false, false, Duration.ofSeconds(32));
        String[] parts = entrance.accessToken(request, 0).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        assertTrue(claims.contains("\"canPublish\":false"), claims);
        assertFalse(claims.contains("canPublishSources"), claims);
    }

    /** Signed with the right key whatever it says. */
    private static String signed(String claims) {
        String text = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.replace('\'', '"'));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
