/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.sip.call.Protection;
import org.plenum.sip.call.Trunk;

class SipConfigTest {
    private static SipConfig with(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty("plenum.sip." + pairs[i], pairs[i + 1]);
        }
        return SipConfig.from(properties);
    }

    @Test
    void nothingSetIsOffAndSafe() {
        SipConfig config = with();
        assertFalse(config.enabled());
        assertEquals(5060, config.port());
        assertTrue(config.tls().isEmpty());
        assertTrue(config.trunks().isEmpty());
        assertTrue(config.masked());
    }

    @Test
    void aTrunkIsProtectedUnlessItsOperatorSaysOtherwise() {
        Trunk trunk = with("trunk.a.addresses", "192.0.2.0/24").trunks().get(0);
        assertEquals(Protection.Policy.REQUIRED, trunk.protection());
        assertFalse(trunk.keysInClear());
        assertFalse(trunk.latching());
        trunk = with(
                        "trunk.a.addresses", "192.0.2.1, 2001:db8::/32",
                        "trunk.a.srtp", "optional",
                        "trunk.a.srtp.without-tls", "true",
                        "trunk.a.language", "en",
                        "trunk.a.registrar", "sip.example.org",
                        "trunk.a.transport", "tls",
                        "trunk.a.password", "s3cret")
                .trunks()
                .get(0);
        assertEquals(Protection.Policy.OPTIONAL, trunk.protection());
        assertTrue(trunk.keysInClear());
        assertEquals(2, trunk.peers().size());
        assertFalse(trunk.toString().contains("s3cret"), trunk.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "port, 0",
        "port, x",
        "rtp.low, 70000",
        "rtp.high, 10",
        "most-calls, 0",
        "trunk.a.language, fr",
        "trunk.a.srtp, perhaps",
        "trunk.a.addresses, nowhere/99",
    })
    void complaintsNameTheProperty(String name, String value) {
        Exception complaint =
                assertThrows(IllegalArgumentException.class, () -> with("trunk.a.addresses", "192.0.2.1", name, value));
        assertTrue(complaint.getMessage().startsWith("plenum.sip." + name), complaint.getMessage());
    }

    @Test
    void severalAddressesAreToldByTheirOuterOnes() {
        SipConfig config = with("bind-address", "127.0.0.1, ::1", "public-address", "192.0.2.1, 2001:db8::1");
        assertEquals(2, config.places().size());
        assertEquals("2001:db8::1", config.places().get(1).told());
        assertTrue(config.domains().contains("192.0.2.1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> with("bind-address", "127.0.0.1, ::1", "public-address", "192.0.2.1"));
        assertThrows(IllegalArgumentException.class, () -> with("bind-address", " , "));
    }

    @Test
    void aNumberMayHaveItsOwnLanguage() {
        Trunk trunk = with("trunk.a.addresses", "192.0.2.1", "trunk.a.languages", "+4930=en, 200=de")
                .trunks()
                .get(0);
        assertEquals("en", trunk.language("+4930"));
        assertEquals("de", trunk.language("unknown"));
        assertThrows(
                IllegalArgumentException.class,
                () -> with("trunk.a.addresses", "192.0.2.1", "trunk.a.languages", "+4930=fr"));
    }

    @Test
    void aTrunkWithoutAddressesIsNobodys() {
        Exception complaint =
                assertThrows(IllegalArgumentException.class, () -> with("trunk.a.registrar", "sip.example.org"));
        assertTrue(complaint.getMessage().startsWith("plenum.sip.trunk.a.addresses"), complaint.getMessage());
    }
}
