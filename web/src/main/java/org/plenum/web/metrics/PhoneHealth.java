/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.plenum.conference.phone.PhoneFigures;

/**
 * Whether telephones are heard, and which trunks are there. A trunk that is away does not make this node unready: its other users are not
 * concerned, and no other node would get further.
 */
@Readiness
@ApplicationScoped
public class PhoneHealth implements HealthCheck {
    @Inject
    private PhoneFigures phone;

    @Override
    public HealthCheckResponse call() {
        PhoneFigures.Figures figures = phone.now();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("telephone");
        figures.gauges().forEach((name, value) -> {
            if (name.equals("calls") || name.startsWith("trunk_")) {
                answer.withData(name, value);
            }
        });
        return answer.status(figures.gauges().getOrDefault("clocks_standing", 0L) == 0)
                .build();
    }
}
