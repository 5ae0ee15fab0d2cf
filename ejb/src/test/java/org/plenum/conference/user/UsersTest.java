/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.conference.event.People;
import org.plenum.conference.event.TestDatabase;
import org.plenum.conference.tariff.Tariff;

class UsersTest {
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase();
    }

    @Test
    void theFirstTokenMakesTheAccount() {
        OwnProfile own = profile(signIn(People.claims("alice")));

        assertEquals("alice@example.org", own.profile().email());
        assertEquals("alice Adams", own.profile().displayName());
        assertEquals("", own.profile().avatarUrl());
        assertEquals("de", own.language());
        assertEquals(Optional.empty(), own.dashboardTheme());
        assertEquals(0, own.usedStorage());
    }

    @Test
    void laterTokensRenewNamesButNotTheDisplayName() {
        Caller first = signIn(People.claims("alice"));
        Claims married = new Claims(
                Optional.of("subject-of-alice"),
                Optional.of("alice@new.example.org"),
                Optional.of("Alice"),
                Optional.of("Brown"),
                Optional.of("Ali"),
                Optional.of("https://example.org/alice.png"),
                Optional.of("fr"),
                Set.of("/staff"));
        Caller second = signIn(married);

        assertEquals(first.account(), second.account());
        assertEquals(Set.of("/staff"), second.groups());
        OwnProfile own = profile(second);
        assertEquals("Brown", own.profile().lastname());
        assertEquals("alice@new.example.org", own.profile().email());
        assertEquals("https://example.org/alice.png", own.profile().avatarUrl());
        assertEquals("alice Adams", own.profile().displayName());
        assertEquals("de", own.language());
    }

    @Test
    void aTokenWithoutAMandatoryClaimIsABadRequest() {
        for (int missing = 0; missing < 4; missing++) {
            Claims claims = new Claims(
                    unless(missing == 0, "subject"),
                    unless(missing == 1, "a@example.org"),
                    unless(missing == 2, "A"),
                    unless(missing == 3, "B"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of());
            assertEquals(
                    Refused.Reason.BAD_REQUEST,
                    assertThrows(Refused.class, () -> signIn(claims)).reason());
        }
    }

    @Test
    void aPictureThatIsNoWebAddressIsLeftOut() {
        Claims claims = new Claims(
                Optional.of("s"),
                Optional.of("a@example.org"),
                Optional.of("A"),
                Optional.of("B"),
                Optional.empty(),
                Optional.of("javascript:alert(1)"),
                Optional.of("not a language"),
                Set.of());

        OwnProfile own = profile(signIn(claims));
        assertEquals("", own.profile().avatarUrl());
        assertEquals("en", own.language());
    }

    @Test
    void firstRequestsAtTheSameTimeMakeOneAccount() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<Caller>> callers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                callers.add(threads.submit(() -> signIn(People.claims("alice"))));
            }
            Set<Caller> distinct = new java.util.HashSet<>();
            for (Future<Caller> caller : callers) {
                distinct.add(caller.get());
            }
            assertEquals(1, distinct.size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void settingsAreChangedOneByOne() {
        Caller alice = signIn(People.claims("alice"));
        ProfileChange change = new ProfileChange(
                Optional.of("Dr."), Optional.empty(), Optional.empty(), Optional.of(Theme.DARK), Optional.empty());

        OwnProfile own = database.users(users -> users.change(alice, change));
        assertEquals("Dr.", own.profile().title());
        assertEquals("alice Adams", own.profile().displayName());
        assertEquals(Optional.of(Theme.DARK), own.dashboardTheme());
        assertEquals(own, profile(alice));
    }

    @Test
    void everybodyHasTheStandardTariff() {
        Caller alice = signIn(People.claims("alice"));

        assertEquals(
                Tariff.STANDARD, database.users(users -> users.tariff(alice)).id());
        assertTrue(database.users(users -> users.tariff(alice)).guestsAllowed());
    }

    private static Optional<String> unless(boolean missing, String value) {
        return missing ? Optional.empty() : Optional.of(value);
    }

    private Caller signIn(Claims claims) {
        return database.users(users -> users.signIn(claims));
    }

    private OwnProfile profile(Caller caller) {
        return database.users(users -> users.profile(caller));
    }
}
