/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void everyScenarioOfTheFileIsUnderstood() {
        assertEquals(29, Scenario.all().size());
        Scenario.all()
                .forEach(scenario -> assertEquals(0, scenario.steps().get(0).atNs(), scenario.id()));
        assertThrows(IllegalArgumentException.class, () -> Scenario.named("nothing"));
    }

    @Test
    void ratiosAreThoseOfTheReferenceRate() {
        Scenario scenario = Scenario.named("rfc8867-5.1");
        assertEquals(1_000_000, scenario.down(0).rate());
        assertEquals(2_500_000, scenario.down(40 * SECOND).rate());
        assertEquals(600_000, scenario.down(60 * SECOND).rate());
        assertEquals(300_000_000, scenario.down(60 * SECOND).queueNs());
        assertEquals(80 * SECOND, scenario.lastStepNs());
    }

    @Test
    void bothWaysOfALine() {
        Scenario dsl = Scenario.named("dsl3000");
        Conditions up = Conditions.CLEAN;
        for (Step step : dsl.steps()) {
            up = step.up(up);
        }
        assertEquals(384_000, up.rate());
        assertEquals(3_072_000, dsl.down(0).rate());
        assertEquals(20_000_000, dsl.down(0).delayNs());
    }

    @Test
    void aRateWithoutAQueueHasTheUsualOneAndNoRateIsNoLimit() {
        Scenario drop = Scenario.named("imc21-drop");
        assertEquals(0, drop.down(59 * SECOND).rate());
        assertEquals(250_000, drop.down(60 * SECOND).rate());
        assertEquals(300_000_000, drop.down(60 * SECOND).queueNs());
        assertEquals(0, drop.down(90 * SECOND).rate());
    }

    @Test
    void whereUdpIsBlockedNothingGetsThrough() {
        for (String id : new String[] {"udp-blocked", "tcp443-only", "http-proxy"}) {
            assertTrue(Scenario.named(id).down(0).blackout(), id);
        }
    }
}
