/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * A change of a line: what it does not name stays as it was.
 *
 * @param atNs since the beginning of its scenario
 * @param change with the members of the scenario file: {@code downKbit}, {@code upKbit}, {@code delayMs}, {@code loss} and so on
 */
public record Step(long atNs, JsonObject change) {
    private static final long MS = 1_000_000L;
    private static final double USUAL_QUEUE_MS = 300; // RFC 8867 section 4.2

    /** @return what the way to the client is from then on */
    public Conditions down(Conditions before) {
        return apply("down", before);
    }

    /** @return what the way to the server is from then on */
    public Conditions up(Conditions before) {
        return apply("up", before);
    }

    /** Whether the client's packets come from another port now. */
    public boolean newSourcePort() {
        return change.getBoolean("newSourcePort", false);
    }

    /** Whether they come from another address now. */
    public boolean newSourceAddress() {
        return change.getBoolean("newSourceAddress", false);
    }

    private Conditions apply(String direction, Conditions before) {
        JsonObject burst = change.containsKey("gilbertElliott") ? change.getJsonObject("gilbertElliott") : null;
        long rate = rate(direction, before.rate());
        double usualQueueMs = rate > 0 && before.queueNs() == 0 ? USUAL_QUEUE_MS : before.queueNs() / (double) MS;
        return new Conditions(
                rate,
                (long) (number("queueMs", usualQueueMs) * MS),
                (long) (number("delayMs", before.delayNs() / (double) MS) * MS),
                (long) (number("jitterMs", before.jitterNs() / (double) MS) * MS),
                number("loss", before.loss()),
                burst == null ? before.goodToBad() : number(burst, "pGoodToBad", 0),
                burst == null ? before.badToGood() : number(burst, "pBadToGood", 0),
                burst == null ? before.lossInBad() : number(burst, "lossInBad", 1),
                number("reorderPercent", before.reordering() * 100) / 100,
                number("duplicatePercent", before.duplication() * 100) / 100,
                (int) number("dropLargerThan", before.largest()),
                change.getBoolean("blackout", before.blackout()));
    }

    private long rate(String direction, long before) {
        String key = direction + "Kbit";
        if (change.containsKey(direction) && change.get(direction) == JsonValue.NULL
                || change.containsKey(key) && change.get(key) == JsonValue.NULL) {
            return 0;
        }
        return (long) (number(key, before / 1000.0) * 1000);
    }

    private double number(String key, double absent) {
        return number(change, key, absent);
    }

    private static double number(JsonObject from, String key, double absent) {
        return from.get(key) instanceof JsonNumber number ? number.doubleValue() : absent;
    }
}
