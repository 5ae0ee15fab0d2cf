/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;

/**
 * Brings the schema up to date when the application starts. In this package, the lowest of the domain, because every
 * other one needs tables; without transactions of the container, because Flyway has its own.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migration {
    @Resource(lookup = "java:jboss/datasources/PlenumDS")
    private DataSource dataSource;

    @PostConstruct
    void migrate() {
        Schema.bringUpToDate(dataSource);
    }
}
