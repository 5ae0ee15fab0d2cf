/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Claims;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.Users;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.TrackSource;

/** The EAR as it is shipped, asked from inside: what only the container's transactions, pools and JNDI can show. */
@ExtendWith(ArquillianExtension.class)
class DomainInServerIT {
    private static final int TABS = 8;

    @EJB(lookup = "java:app/ejb/Users")
    private Users users;

    @Resource(lookup = Media.JNDI)
    private Media media;

    @Resource
    private ManagedExecutorService threads;

    @Deployment
    static EnterpriseArchive plenum() {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "plenum.ear")
                .importFrom(Path.of("../ear/target/plenum.ear").toFile())
                .as(EnterpriseArchive.class);
        WebArchive web = Testable.archiveToTest(ear.getAsType(WebArchive.class, "web.war"));
        web.addClass(DomainInServerIT.class);
        web.delete("/WEB-INF/undertow-handlers.conf"); // would answer the test's own servlet with the client's page
        return ear;
    }

    @Test
    @DisplayName("The first requests of a new account, all at once, make one account")
    void oneAccount() throws Exception {
        Claims claims = claims("race-" + UUID.randomUUID(), Optional.of("race@example.org"));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Caller>> requests = new ArrayList<>();
        for (int tab = 0; tab < TABS; tab++) {
            requests.add(threads.submit(() -> {
                start.await();
                return users.signIn(claims);
            }));
        }
        start.countDown();
        UUID account = requests.get(0).get(20, TimeUnit.SECONDS).account();
        for (Future<Caller> request : requests) {
            assertEquals(account, request.get(20, TimeUnit.SECONDS).account());
        }
    }

    @Test
    @DisplayName("A refusal leaves the EJB as itself, not wrapped, and changes nothing")
    void refusals() {
        String subject = "refused-" + UUID.randomUUID();
        assertThrows(Refused.class, () -> users.signIn(claims(subject, Optional.empty())));
        Caller later = users.signIn(claims(subject, Optional.of("later@example.org")));
        assertEquals("later@example.org", users.profile(later).profile().email());
    }

    @Test
    @DisplayName("The engine answers at its JNDI name: a token it gives opens its own door and no other")
    void engine() {
        AccessRequest access = new AccessRequest(
                new MediaRoomId(UUID.randomUUID() + ":main"),
                "somebody:1",
                "somebody",
                Set.of(TrackSource.MICROPHONE),
                true,
                true,
                false,
                Duration.ofSeconds(30));
        String token = media.accessToken(access);
        ConnectParameters parameters = new ConnectParameters(Map.of("protocol", "17"), "");
        assertTrue(media.validate(token, parameters).passed());
        assertEquals(401, media.validate(token + "x", parameters).status());
        assertEquals(0L, media.statistics().gauges().get("signal_sessions"));
    }

    private static Claims claims(String subject, Optional<String> email) {
        return new Claims(
                Optional.of(subject),
                email,
                Optional.of("Rita"),
                Optional.of("Race"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("de"),
                Set.of());
    }
}
