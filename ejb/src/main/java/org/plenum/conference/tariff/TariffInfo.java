/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an account may use. The three lists of features that clients read (rest.md section 10) all come from here.
 *
 * @param maxStorage octets, absent: unlimited
 * @param participantLimit people in one meeting, absent: unlimited
 * @param timeLimitSeconds length of one meeting, absent: unlimited
 * @param modules module to the features of it that are on, in a fixed order
 * @param disabledFeatures features that are built but switched off, as {@code module::feature}
 */
public record TariffInfo(
        UUID id,
        String name,
        Optional<Long> maxStorage,
        Optional<Integer> participantLimit,
        Optional<Integer> timeLimitSeconds,
        Map<String, Set<String>> modules,
        Set<String> disabledFeatures) {

    public boolean has(String module, String feature) {
        return modules.getOrDefault(module, Set.of()).contains(feature);
    }

    /** Guest links work only where the tariff lets guests in. */
    public boolean guestsAllowed() {
        return has("core", "guests_allowed");
    }
}
