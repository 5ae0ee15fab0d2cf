/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final String RELAY = "turn:turn.example.org:3478?transport=udp";
    private static final URI REQUEST = URI.create("http://meet.example.org:8080/config.js?x=1");

    @Test
    void thePublicAddressIsTheRequestsUnlessItIsSet() {
        assertEquals("http://meet.example.org:8080", settings().publicUrl(REQUEST));
        assertEquals(
                "https://plenum.example",
                settings("plenum.public-url", "https://plenum.example/").publicUrl(REQUEST));
    }

    @Test
    void aWrongAddressIsNamedAtStart() {
        for (String wrong : new String[] {"ftp://x", "plenum.example", "https://", "https://a b", "https://x?y"}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("plenum.oidc.url", wrong))
                    .getMessage()
                    .contains("plenum.oidc.url"));
        }
    }

    @Test
    void theScriptTellsTheWebAppWhereItsServerIs() {
        JsonObject config = config(settings(), REQUEST);
        assertEquals("meet.example.org:8080", config.getString("controller"));
        assertTrue(config.getBoolean("insecure"));
        assertEquals("http://meet.example.org:8080", config.getString("baseUrl"));
        assertEquals(
                "http://localhost:8180/realms/plenum",
                config.getJsonObject("oidcConfig").getString("authority"));
        assertEquals("Frontend", config.getJsonObject("oidcConfig").getString("clientId"));
        assertFalse(config.getJsonObject("beta").getBoolean("isBeta"));
        assertFalse(config.getJsonObject("spacedeck").getBoolean("enabled"));

        JsonObject secure = config(settings("plenum.public-url", "https://plenum.example"), REQUEST);
        assertFalse(secure.getBoolean("insecure"));
        assertEquals("plenum.example", secure.getString("controller"));
    }

    @Test
    void originsAreExactOrBelowADomain() {
        AllowedOrigins origins =
                AllowedOrigins.parse("https://meet.example.org, https://*.example.com/,http://localhost:3000");
        String own = "https://plenum.example";

        assertTrue(origins.allow("https://plenum.example", own));
        assertTrue(origins.allow("https://meet.example.org", own));
        assertTrue(origins.allow("https://a.example.com", own));
        assertTrue(origins.allow("HTTPS://A.B.example.com", own));
        assertTrue(origins.allow("http://localhost:3000", own));
        for (String other : new String[] {
            "null",
            "",
            "http://meet.example.org",
            "https://meet.example.org.evil.test",
            "https://example.com",
            "https://.example.com",
            "https://evil.test/.example.com",
            "https://evilexample.com",
            "http://a.example.com",
            "http://localhost:3001"
        }) {
            assertFalse(origins.allow(other, own), other);
        }
        assertTrue(AllowedOrigins.parse("*").allow("https://anything.test", own));
        assertFalse(AllowedOrigins.parse("").allow("https://anything.test", own));
    }

    @Test
    void thePolicyNamesTheIdentityProvider() {
        String policy = SecurityHeaders.headers(
                        "/index.html", settings("plenum.oidc.url", "https://id.example:8443/auth/realms/x"))
                .get("Content-Security-Policy");

        assertTrue(policy.contains("connect-src 'self' ws: wss: https://id.example:8443;"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void onlyFilesWithAHashInTheirNamesAreKept() {
        assertEquals(
                "no-store", SecurityHeaders.headers("/v1/users/me", settings()).get("Cache-Control"));
        assertEquals(
                "no-cache", SecurityHeaders.headers("/index.html", settings()).get("Cache-Control"));
        assertEquals(
                null,
                SecurityHeaders.headers("/assets/index-abc.js", settings()).get("Cache-Control"));
    }

    @Test
    void theLobbyIsToldOfTheRelays() {
        assertEquals(
                "{\"relays\":[\"" + RELAY + "\"]}",
                config(settings(), REQUEST).getJsonObject("network").toString());
    }

    @Test
    void otherClientsFindTheServer() {
        assertEquals(
                "{\"opentalk_controller\":{\"base_url\":\"https://p\"}}",
                WellKnown.document("/client", "https://p").orElseThrow().toString());
        assertEquals(
                "{\"opentalk_api\":{\"v1\":{\"base_url\":\"v1\"}}}",
                WellKnown.document("/api", "https://p").orElseThrow().toString());
        assertEquals(Optional.empty(), WellKnown.document("/other", "https://p"));
    }

    private static JsonObject config(Settings settings, URI request) {
        String script = ConfigScript.script(settings, request, List.of(RELAY));
        assertTrue(script.startsWith("window.config={") && script.endsWith("};\n"), script);
        return Json.createReader(new StringReader(script.substring("window.config=".length(), script.length() - 2)))
                .readObject();
    }

    private static Settings settings(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings(properties);
    }
}
