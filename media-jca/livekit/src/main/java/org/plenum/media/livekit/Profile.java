/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is said about a person and may be changed: name, metadata, attributes (contract livekit.md section 13). */
final class Profile {
    private static final int LONGEST_ATTRIBUTES = 64 * 1024;
    static final int LONGEST_METADATA = 512 * 1024;

    private Profile() {}

    /**
     * Only what is named changes; an empty value takes an attribute away.
     *
     * @return empty when it would be too long
     */
    static Optional<Grants> changed(Grants grants, String name, String metadata, Map<String, String> attributes) {
        Map<String, String> all = new LinkedHashMap<>(grants.attributes());
        all.putAll(attributes);
        all.values().removeIf(String::isEmpty);
        boolean fits = octets(all) <= LONGEST_ATTRIBUTES
                && metadata.getBytes(StandardCharsets.UTF_8).length <= LONGEST_METADATA
                && name.length() <= Entrance.LONGEST_NAME;
        return fits
                ? Optional.of(grants.withProfile(
                        name.isEmpty() ? grants.name() : name, metadata.isEmpty() ? grants.metadata() : metadata, all))
                : Optional.empty();
    }

    /** What a client says of itself when it joins; an empty value changes nothing. What is too long is left out. */
    static Grants joined(Grants grants, Map<String, String> attributes) {
        Map<String, String> said = new LinkedHashMap<>(attributes);
        said.values().removeIf(String::isEmpty);
        return grants.updateOwnMetadata() && !said.isEmpty()
                ? changed(grants, "", "", said).orElse(grants)
                : grants;
    }

    private static int octets(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .sum();
    }
}
