/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the whole application, in numbered steps below {@code db/migration}. */
public final class Schema {
    private Schema() {}

    /** @throws org.flywaydb.core.api.FlywayException it cannot be brought up to date: the application must not start */
    public static void bringUpToDate(DataSource dataSource) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
