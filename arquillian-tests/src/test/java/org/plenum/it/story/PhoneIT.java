/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.story;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.it.support.Meanwhile;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.PlenumServer;
import org.plenum.it.support.Requires;
import org.plenum.it.support.Sipp;

/** Real telephones (baresip) in meetings with real browsers: what one says the others hear. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PhoneIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> PATIENT = List.of("killed", "wrong"); // they mostly wait
    private static final Map<String, Meanwhile> BEGUN = new HashMap<>();
    private static Meanwhile refreshed;

    @BeforeAll
    static void beginWithThoseThatWait() {
        PATIENT.forEach(name -> BEGUN.put(name, Meanwhile.begin(() -> tell(name))));
        refreshed = Meanwhile.begin(() -> Sipp.play("refresh", "u1"));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @DisplayName("an interval below 90 s is refused, one of 90 s is refreshed by UPDATE")
    void refreshed() {
        refreshed.end();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "codecs | one browser and one telephone hear each other with PCMA, PCMU, G.722 and Opus, 6.5 kHz too",
                "party | two browsers and two telephones hear each other, and nobody himself",
                "speech | the greeting and what is said in a browser can be understood on the telephone",
                "keys | an unknown caller mutes and unmutes by keys, and all see it",
                "linphone | a telephone of another make is heard and hears",
                "tls | calls over TLS, with protected sound",
                "flood | a thousand calls a second from elsewhere disturb nobody",
                "wrong | three wrong pairs of numbers end with a sentence",
                "killed | a telephone that dies without a word is gone within a minute",
            })
    void story(String name, String told) {
        if (BEGUN.containsKey(name)) {
            BEGUN.get(name).end();
        } else {
            tell(name);
        }
    }

    private static void tell(String name) {
        Requires.tool("chromium");
        Requires.tool("baresip");
        Requires.tool("sipp");
        Requires.tool("linphonec");
        NodeScript.run(
                        "phone/call.mjs",
                        PATIENCE,
                        Map.of(
                                "PLENUM_SIP_PORT",
                                Integer.toString(PlenumServer.sipPort()),
                                "PLENUM_SIP_TLS_PORT",
                                Integer.toString(PlenumServer.sipTlsPort()),
                                "PLENUM_PROMPTS",
                                Path.of("../sip-servlet/src/main/resources/prompts")
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString()),
                        name)
                .orFail();
    }
}
