/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPolicyTest {
    private final RequestPolicy policy = new RequestPolicy(Set.of("127.0.0.1", "Phone.Example"), false);

    @Test
    void optionsIsAnsweredWithAbilities() {
        assertInstanceOf(Answer.Abilities.class, policy.judge(request("OPTIONS", "sip", "127.0.0.1")));
        assertInstanceOf(Answer.Abilities.class, policy.judge(request("OPTIONS", "sips", "phone.example")));
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE, sip, 127.0.0.1, 403",
        "INVITE, sip, elsewhere.example, 404",
        "OPTIONS, sip, elsewhere.example, 404",
        "INVITE, tel, '', 416",
        "OPTIONS, http, '', 416",
        "REGISTER, sip, 127.0.0.1, 405",
        "SUBSCRIBE, sip, 127.0.0.1, 405",
        "MESSAGE, sip, 127.0.0.1, 405",
        "DANCE, sip, 127.0.0.1, 405",
        "BYE, sip, 127.0.0.1, 481",
        "CANCEL, sip, 127.0.0.1, 481",
        "REFER, sip, 127.0.0.1, 481",
        "UPDATE, sip, 127.0.0.1, 481",
    })
    void everythingElseIsRefused(String method, String scheme, String host, int status) {
        Answer.Refusal refusal = assertInstanceOf(Answer.Refusal.class, policy.judge(request(method, scheme, host)));
        assertEquals(status, refusal.status());
        assertEquals(status == 405, refusal.allow(), "405 names what is allowed");
    }

    @Test
    void nothingCanBeInADialog() {
        RequestFacts again =
                new RequestFacts("INVITE", "sip", Optional.of("127.0.0.1"), true, List.of(), Optional.empty(), false);
        assertEquals(
                481, assertInstanceOf(Answer.Refusal.class, policy.judge(again)).status());
    }

    @Test
    void extensionsThatAreDemandedComeBackAsUnsupported() {
        RequestFacts demanding = new RequestFacts(
                "INVITE", "sip", Optional.of("127.0.0.1"), false, List.of("gruu", "timer"), Optional.empty(), false);
        Answer.Refusal refusal = assertInstanceOf(Answer.Refusal.class, policy.judge(demanding));
        assertEquals(420, refusal.status());
        assertEquals(List.of("gruu"), refusal.unsupported());
    }

    @ParameterizedTest
    @ValueSource(strings = {"friendly-scanner", "SIPVicious 0.3", "sipcli/v1.8"})
    void scannersHearNothing(String agent) {
        RequestFacts scan = new RequestFacts(
                "OPTIONS", "sip", Optional.of("127.0.0.1"), false, List.of(), Optional.of(agent), false);
        assertInstanceOf(Answer.Silence.class, policy.judge(scan));
    }

    @Test
    void anAckIsNeverAnswered() {
        assertInstanceOf(Answer.Silence.class, policy.judge(request("ACK", "sip", "127.0.0.1")));
        assertTrue(RequestPolicy.ALLOWED.contains("ACK"));
    }

    private static RequestFacts request(String method, String scheme, String host) {
        return new RequestFacts(
                method,
                scheme,
                host.isEmpty() ? Optional.empty() : Optional.of(host),
                false,
                List.of(),
                Optional.empty(),
                false);
    }
}
