/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.congestion.PlayedLine.SECOND;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plenum.media.impairment.Scenario;
import org.plenum.media.impairment.Step;

/** Estimator and allocator over the scenarios of network-scenarios.json, in virtual time. */
class ScenariosTest {
    private static final int TOP = 2;

    private final long[] layers = {150_000, 500_000, 1_700_000};

    private PlayedLine oneCamera(String scenario) {
        PlayedLine line = new PlayedLine(Scenario.named(scenario));
        line.camera(1, TOP, layers);
        return line;
    }

    /** So many small steps that nearly every rate can be filled. */
    private static PlayedLine manyCameras(String scenario) {
        PlayedLine line = new PlayedLine(Scenario.named(scenario));
        for (int i = 0; i < 24; i++) {
            line.camera(i, TOP, 50_000, 100_000, 200_000);
        }
        return line;
    }

    private static int layer(PlayedLine line) {
        return line.cameras.get(0).allowed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"clean", "loss1", "loss5", "loss10", "wifi-walls", "satellite", "mtu1280", "10-in-one-room"})
    void whatARateCannotCureCostsNoPicture(String scenario) {
        PlayedLine line = oneCamera(scenario);
        line.until(20 * SECOND); // to learn what is usual
        int top = 0;
        for (int second = 21; second <= 80; second++) {
            line.until(second * SECOND);
            top += layer(line) == TOP ? 1 : 0;
            assertTrue(layer(line) >= 1, "layer " + layer(line) + " after " + second + " s");
        }
        assertTrue(top >= 54, "the top layer in " + top + " of 60 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss20", "loss30"})
    void heavyLossLeavesAPicture(String scenario) {
        PlayedLine line = oneCamera(scenario);
        for (int second = 1; second <= 60; second++) {
            line.until(second * SECOND);
            assertTrue(layer(line) >= 0, "no picture after " + second + " s");
        }
    }

    @ParameterizedTest
    @CsvSource({"blackout1, 21", "blackout5, 25", "blackout15, 35", "blackout40, 60", "imc21-drop, 90"})
    void theTopLayerIsBackWithinTenSeconds(String scenario, int free) {
        PlayedLine line = oneCamera(scenario);
        line.until(free * SECOND);
        line.until((free + 10) * SECOND);
        assertEquals(TOP, layer(line), "estimate " + line.estimate.bitrate());
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60, 150, 300})
    void aLongerPathIsNoQueue(int delayMs) {
        JsonObject longer = Json.createObjectBuilder().add("delayMs", delayMs).build();
        PlayedLine line = new PlayedLine(new Scenario(
                "longer", List.of(new Step(0, JsonObject.EMPTY_JSON_OBJECT), new Step(20 * SECOND, longer))));
        line.camera(1, TOP, layers);
        line.until(20 * SECOND);
        line.until(28 * SECOND);
        assertEquals(TOP, layer(line), "estimate " + line.estimate.bitrate());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1000, 2000})
    void aQueueIsNoLongerPath(int kbit) {
        JsonObject narrow = Json.createObjectBuilder()
                .add("downKbit", kbit)
                .add("queueMs", 2000)
                .build();
        PlayedLine line = new PlayedLine(new Scenario(
                "narrow", List.of(new Step(0, JsonObject.EMPTY_JSON_OBJECT), new Step(20 * SECOND, narrow))));
        for (int i = 0; i < 24; i++) {
            line.camera(i, TOP, 50_000, 100_000, 200_000);
        }
        line.until(30 * SECOND);
        line.until(60 * SECOND);
        assertTrue(line.queueMs(95) <= 300, line.queueMs(95) + " ms");
    }

    /** From much to hardly enough: who falls deep is caught soon, and what fits then stays. */
    @ParameterizedTest
    @ValueSource(ints = {300, 400, 600})
    void aLineThatBecomesNarrowKeepsTheLowestLayer(int kbit) {
        JsonObject narrow = Json.createObjectBuilder()
                .add("downKbit", kbit)
                .add("queueMs", 300)
                .add("delayMs", 20)
                .build();
        PlayedLine line = new PlayedLine(new Scenario(
                "narrow", List.of(new Step(0, JsonObject.EMPTY_JSON_OBJECT), new Step(10 * SECOND, narrow))));
        line.soundOctets = 180;
        line.camera(1, 1, 160_000, 450_000);
        line.until(14 * SECOND);
        for (int second = 15; second <= 60; second++) {
            line.until(second * SECOND);
            assertTrue(layer(line) >= 0, "no picture after " + second + " s");
            assertTrue(second < 20 || line.queueMs(50) <= 200, line.queueMs(50) + " ms after " + second + " s");
        }
    }

    @Test
    void aSlowLineKeepsAPictureAndAShortQueue() {
        PlayedLine line = oneCamera("dsl1000");
        line.until(10 * SECOND);
        line.until(70 * SECOND);
        assertEquals(1, layer(line));
        assertTrue(line.queueMs(95) <= 150, line.queueMs(95) + " ms");
    }

    @Test
    void dsl3000CarriesASpeakerAndEightSmallOnes() {
        PlayedLine line = new PlayedLine(Scenario.named("dsl3000"));
        line.camera(1, TOP, layers);
        for (int i = 0; i < 8; i++) {
            line.camera(0, 0, layers);
        }
        line.until(10 * SECOND);
        line.until(70 * SECOND);
        assertTrue(layer(line) >= 1);
        assertTrue(line.cameras.stream().allMatch(each -> each.allowed >= 0));
        assertTrue(line.queueMs(95) <= 150, line.queueMs(95) + " ms");
    }

    @ParameterizedTest
    @CsvSource({
        "rfc8867-5.1, 0, 40, 1000",
        "rfc8867-5.1, 40, 60, 2500",
        "rfc8867-5.1, 60, 80, 600",
        "rfc8867-5.1, 80, 99, 1000",
        "rfc8867-5.2, 25, 50, 2000",
        "rfc8867-5.2, 50, 75, 3500",
        "rfc8867-5.2, 75, 100, 1000",
        "rfc8867-5.3, 20, 40, 1000",
        "rfc8867-5.3, 60, 90, 2000",
        "rfc8867-5.6, 0, 60, 2000",
        "dsl3000, 0, 60, 3072",
        "wifi-walls, 0, 60, 5400"
    })
    void whatTheLineCarriesIsUsedAfterFiveSeconds(String scenario, int from, int to, int kbit) {
        PlayedLine line = manyCameras(scenario);
        line.until((from + 5) * SECOND);
        line.until(to * SECOND);
        long used = line.arrivedOctets() * 8 / (to - from - 5) / 10 / kbit;
        assertTrue(used >= 80, used + " % of " + kbit + " kbit/s");
        assertTrue(line.queueMs(50) <= 150, line.queueMs(50) + " ms");
    }
}
