/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.demo.PlenumStack;
import org.plenum.demo.Settings;
import org.plenum.it.support.Requires;

/** The other database: migrations from nothing, then a whole meeting on it. */
class PostgresIT {
    private static final Path RUN = Path.of("target/postgres").toAbsolutePath();
    private static final int OFFSET = 5000;

    @Test
    @DisplayName("On PostgreSQL the schema is made and a meeting is planned, held and found again")
    void meeting() throws Exception {
        Requires.tool("chromium");
        Requires.tool("firefox-esr");
        OwnStack.delete(RUN);
        try (PostgresCluster database = PostgresCluster.start(5432 + OFFSET)) {
            Settings settings = OwnStack.settings(
                    RUN,
                    OFFSET,
                    Path.of(System.getProperty("java.home")),
                    Map.of(
                            "plenum.db.driver",
                            "postgresql",
                            "plenum.db.url",
                            database.url(),
                            "plenum.db.user",
                            PostgresCluster.USER,
                            "plenum.db.password",
                            "unused"));
            try (PlenumStack stack = OwnStack.start(settings)) {
                stack.awaitReady();
                OwnStack.story(settings, "story/meeting.mjs");
                String seen = OwnStack.story(settings, "story/dashboard.mjs");
                assertTrue(seen.contains("Council meeting"), seen);
            }
            assertEquals("0", database.query("select count(*) from flyway_schema_history where not success"));
            assertEquals("1", database.query("select count(*) from event"));
            assertEquals("1", database.query("select count(*) from account"));
        }
    }
}
