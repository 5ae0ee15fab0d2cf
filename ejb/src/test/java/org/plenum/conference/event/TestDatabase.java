/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.plenum.conference.invite.GuestLinks;
import org.plenum.conference.invite.Invite;
import org.plenum.conference.invite.Invites;
import org.plenum.conference.phone.CallRecord;
import org.plenum.conference.phone.CallRecords;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomAccess;
import org.plenum.conference.room.RoomDeleted;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.room.Rooms;
import org.plenum.conference.tariff.FeaturesText;
import org.plenum.conference.tariff.ModulesText;
import org.plenum.conference.tariff.Schema;
import org.plenum.conference.tariff.Tariff;
import org.plenum.conference.user.User;
import org.plenum.conference.user.Users;

/**
 * The boundaries on the real schema, in an empty H2, with the settings of the server. Each call is a
 * transaction, as in the container; statements are counted, CDI events are kept.
 */
public final class TestDatabase {
    private static final List<String> STATEMENTS = Collections.synchronizedList(new ArrayList<>());
    private static final SessionFactory SESSIONS = open(); // takes a second: one for all tests, emptied for each

    private final List<Object> fired = new ArrayList<>();

    public TestDatabase() {
        change(entities -> List.of("call_record", "room", "account")
                .forEach(table ->
                        entities.createNativeQuery("delete from " + table).executeUpdate()));
    }

    private static SessionFactory open() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        Schema.bringUpToDate(database);
        Properties properties = new Properties();
        properties.put("hibernate.connection.datasource", database);
        properties.put("hibernate.hbm2ddl.auto", "validate"); // the mapping and the migration must agree
        properties.put("hibernate.jdbc.time_zone", "UTC");
        properties.put("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
            STATEMENTS.add(sql);
            return sql;
        });
        Configuration configuration = new Configuration().setProperties(properties);
        for (Class<?> type : List.of(
                Tariff.class,
                User.class,
                Room.class,
                Invitee.class,
                Invite.class,
                Event.class,
                Favourite.class,
                CallRecord.class,
                ModulesText.class,
                FeaturesText.class,
                RecurrenceText.class)) {
            configuration.addAnnotatedClass(type);
        }
        return configuration.buildSessionFactory();
    }

    public <T> T calls(Function<CallRecords, T> work) {
        return inTransaction(entities -> work.apply(new CallRecords(entities)));
    }

    public <T> T users(Function<Users, T> work) {
        return inTransaction(entities -> work.apply(new Users(entities)));
    }

    public <T> T rooms(Function<Rooms, T> work) {
        return inTransaction(
                entities -> work.apply(new Rooms(entities, new RoomAccess(entities), new Fired<RoomDeleted>(fired))));
    }

    public <T> T events(Function<Events, T> work) {
        return inTransaction(entities -> work.apply(new Events(
                entities,
                new RoomAccess(entities),
                new GuestLinks(entities),
                new Fired<RoomParametersChanged>(fired),
                new Fired<RoomDeleted>(fired))));
    }

    public <T> T invites(Function<Invites, T> work) {
        return inTransaction(
                entities -> work.apply(new Invites(entities, new RoomAccess(entities), new GuestLinks(entities))));
    }

    public <T> T entrance(Function<Entrance, T> work) {
        return inTransaction(
                entities -> work.apply(new Entrance(entities, new RoomAccess(entities), new GuestLinks(entities))));
    }

    public void change(Consumer<EntityManager> work) {
        inTransaction(entities -> {
            work.accept(entities);
            return null;
        });
    }

    public <T> T inTransaction(Function<EntityManager, T> work) {
        return SESSIONS.fromTransaction(work::apply);
    }

    /** What was fired since the last call. */
    public List<Object> fired() {
        List<Object> since = List.copyOf(fired);
        fired.clear();
        return since;
    }

    /** How many statements that work needs. */
    public int statementsOf(Runnable work) {
        STATEMENTS.clear();
        work.run();
        return STATEMENTS.size();
    }
}
