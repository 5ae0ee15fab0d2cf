/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.plenum.health.HealthBoard.Report;

/** Ready when every part on the {@link HealthBoard} is well; one that cannot say so is not. */
@Readiness
@ApplicationScoped
public class PlenumHealth implements HealthCheck {
    private static final Logger LOG = System.getLogger("org.plenum.health");

    @Inject
    private HealthBoard board;

    protected PlenumHealth() {} // for the container

    PlenumHealth(HealthBoard board) {
        this.board = board;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("plenum");
        boolean well = true;
        for (var part : board.parts().entrySet()) {
            Report report = ask(part.getKey(), part.getValue());
            well &= report.well();
            report.data().forEach((name, value) -> answer.withData(part.getKey() + "_" + name, value));
        }
        return answer.status(well).build();
    }

    private static Report ask(String name, Supplier<Report> part) {
        try {
            return part.get();
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "the health of " + name + " is unknown", fault);
            return new Report(false, Map.of());
        }
    }
}
