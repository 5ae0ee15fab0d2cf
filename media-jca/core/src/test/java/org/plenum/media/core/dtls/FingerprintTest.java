/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    // the examples of FIPS 180-2
    private static final String SHA256_ABC = "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:"
            + "B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";
    private static final String SHA384_ABC = "sha-384 CB:00:75:3F:45:A3:5E:8B:B5:A0:3D:69:9A:C6:50:07:27:2C:32:AB:"
            + "0E:DE:D1:63:1A:8B:60:5A:43:FF:5B:ED:80:86:07:2B:A1:E7:CC:23:58:BA:EC:A1:34:C8:25:A7";

    @Test
    void writesAndMatchesTheHashOfACertificate() {
        Fingerprint fingerprint = Fingerprint.sha256(ABC);
        assertEquals(SHA256_ABC, fingerprint.toString());
        assertTrue(fingerprint.matches(ABC));
        assertFalse(fingerprint.matches("abd".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void readsWhatItWritesInAnyCase() {
        Fingerprint fingerprint = Fingerprint.sha256(ABC);
        assertEquals(Optional.of(fingerprint), Fingerprint.parse(SHA256_ABC));
        assertEquals(Optional.of(fingerprint), Fingerprint.parse(SHA256_ABC.toLowerCase(Locale.ROOT)));
        assertEquals(Optional.of(fingerprint), Fingerprint.parse(" " + SHA256_ABC.toUpperCase(Locale.ROOT) + "\r"));
        assertEquals(
                fingerprint.hashCode(),
                Fingerprint.parse(SHA256_ABC).orElseThrow().hashCode());
        assertEquals(SHA384_ABC, Fingerprint.parse(SHA384_ABC).orElseThrow().toString());
    }

    @Test
    void comparesUnderTheHashThatWasSignaled() {
        assertTrue(Fingerprint.parse(SHA384_ABC).orElseThrow().matches(ABC));
        String sha512 = "sha-512 " + "00:".repeat(63) + "00";
        assertFalse(Fingerprint.parse(sha512).orElseThrow().matches(ABC));
    }

    @Test
    void differsByHashAndByAlgorithm() {
        Fingerprint fingerprint = Fingerprint.sha256(ABC);
        assertNotEquals(
                fingerprint, Fingerprint.parse(SHA256_ABC.replace("AD", "AC")).orElseThrow());
        assertNotEquals(fingerprint, Fingerprint.parse(SHA384_ABC).orElseThrow());
        assertNotEquals(fingerprint.hashCode(), Fingerprint.sha256(new byte[0]).hashCode());
        assertFalse(fingerprint.equals((Object) SHA256_ABC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256 ",
                "sha-256 BA:78",
                "sha-1 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3",
                "md5 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23",
                "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15",
                "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AG",
                "sha-256 BA-78-16-BF-8F-01-CF-EA-41-41-40-DE-5D-AE-22-23-B0-03-61-A3-96-17-7A-9C-B4-10-FF-61-F2-00-15-AD",
                "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD x"
            })
    void refusesEverythingElse(String text) {
        assertEquals(Optional.empty(), Fingerprint.parse(text));
    }

    @Test
    void refusesNullAndWhatIsTooLong() {
        assertEquals(Optional.empty(), Fingerprint.parse(null));
        assertEquals(Optional.empty(), Fingerprint.parse(SHA256_ABC + " ".repeat(300)));
    }
}
