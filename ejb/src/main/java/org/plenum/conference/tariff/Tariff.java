/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Quotas and features, assigned to accounts; a room has the tariff of its owner. Changed by operators only. */
@Entity
public class Tariff {
    /** Assigned to an account as long as nothing else says which tariff it has; the first migration creates it. */
    public static final UUID STANDARD = UUID.fromString("5f0c1a52-7d8e-4c55-9f6a-1e0b7a9d2c01");

    @Id
    private UUID id;

    private String name;

    @Column(name = "max_storage")
    private Long maxStorage;

    @Column(name = "participant_limit")
    private Integer participantLimit;

    @Column(name = "time_limit_seconds")
    private Integer timeLimitSeconds;

    @Convert(converter = ModulesText.class)
    private Map<String, Set<String>> modules;

    @Column(name = "disabled_features")
    @Convert(converter = FeaturesText.class)
    private Set<String> disabledFeatures;

    protected Tariff() {} // for JPA

    public TariffInfo info() {
        Map<String, Set<String>> left = new TreeMap<>();
        modules.forEach((module, features) -> left.put(module, leftOn(module, features)));
        return new TariffInfo(
                id,
                name,
                Optional.ofNullable(maxStorage),
                Optional.ofNullable(participantLimit),
                Optional.ofNullable(timeLimitSeconds),
                Collections.unmodifiableMap(left),
                Collections.unmodifiableSet(disabledFeatures));
    }

    private Set<String> leftOn(String module, Set<String> features) {
        Set<String> on = new TreeSet<>(features);
        on.removeIf(feature -> disabledFeatures.contains(module + "::" + feature));
        return Collections.unmodifiableSet(on);
    }
}
