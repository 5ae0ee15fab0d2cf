/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What happens to a line in the course of time.
 *
 * @param id of the scenario file
 * @param steps by time, the first at 0
 */
public record Scenario(String id, List<Step> steps) {
    private static final long SECOND = 1_000_000_000L;

    public Scenario {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    public static Scenario named(String id) {
        return all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + id));
    }

    /** Those of network-scenarios.json that are about one line. */
    public static List<Scenario> all() {
        try (InputStream file = Scenario.class.getResourceAsStream("/network-scenarios.json");
                JsonReader reader = Json.createReader(file)) {
            return reader.readObject().getJsonArray("scenarios").getValuesAs(JsonObject.class).stream()
                    .map(Scenario::of)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the file says for all of it comes first; ratios are those of its reference rate. */
    private static Scenario of(JsonObject described) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(0, everywhere(described)));
        add(steps, described, "steps", "downKbit");
        add(steps, described, "forward", "downKbit");
        add(steps, described, "backward", "upKbit");
        steps.sort(Comparator.comparingLong(Step::atNs)); // stable
        return new Scenario(described.getString("id"), steps);
    }

    private static JsonObject everywhere(JsonObject described) {
        JsonObjectBuilder step = Json.createObjectBuilder();
        described.forEach((key, value) -> {
            if (value.getValueType() == JsonValue.ValueType.NUMBER) {
                step.add(key, value);
            }
        });
        if (described.containsKey("referenceKbit")) {
            step.add("downKbit", described.get("referenceKbit"));
        }
        boolean noUdp = described.containsKey("block")
                && described.getJsonArray("block").getValuesAs(JsonString.class).stream()
                        .anyMatch(each -> each.getString().matches("udp|everything.*"));
        return noUdp ? step.add("blackout", true).build() : step.build();
    }

    private static void add(List<Step> steps, JsonObject described, String list, String rate) {
        if (!described.containsKey(list)) {
            return;
        }
        for (JsonObject each : described.getJsonArray(list).getValuesAs(JsonObject.class)) {
            JsonObjectBuilder change = Json.createObjectBuilder(each);
            if (each.containsKey("ratio")) {
                double kbit = each.getJsonNumber("ratio").doubleValue()
                        * described.getJsonNumber("referenceKbit").doubleValue();
                change.add(rate, kbit);
            }
            long atNs = (long) (each.getJsonNumber("at").doubleValue() * SECOND);
            steps.add(new Step(atNs, change.build()));
        }
    }

    /** When its last step is. */
    public long lastStepNs() {
        return steps.get(steps.size() - 1).atNs();
    }

    /** @return what the way to the client is at a time of it */
    public Conditions down(long atNs) {
        Conditions conditions = Conditions.CLEAN;
        for (Step step : steps) {
            conditions = step.atNs() <= atNs ? step.down(conditions) : conditions;
        }
        return conditions;
    }
}
