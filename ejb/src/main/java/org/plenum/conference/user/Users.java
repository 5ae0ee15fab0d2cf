/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.tariff.Tariff;
import org.plenum.conference.tariff.TariffInfo;

/** The one door to accounts. */
@Stateless
public class Users {
    /** All accounts are of one tenant: tenants by claim are a matter of a later version. */
    private static final String TENANT = "default";

    private static final int ADDRESS = 254; // RFC 5321 section 4.5.3.1.3, less the angle brackets

    @PersistenceContext
    private EntityManager entities;

    public Users() {} // for the container

    public Users(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Finds the account of a token that the server has checked, makes it on the first one, and takes over what the token
     * says (rest.md section 3.3).
     *
     * @throws Refused bad request: a mandatory claim is missing
     */
    public Caller signIn(Claims claims) {
        String subject = mandatory(claims.subject(), "sub", 255);
        mandatory(claims.email(), "email", ADDRESS);
        mandatory(claims.givenName(), "given_name", Integer.MAX_VALUE);
        mandatory(claims.familyName(), "family_name", Integer.MAX_VALUE);
        User user = find(subject).orElseGet(() -> make(subject, claims));
        user.update(claims);
        return user.caller(claims.groups());
    }

    public OwnProfile profile(Caller caller) {
        return entities.find(User.class, caller.account()).ownProfile();
    }

    public OwnProfile change(Caller caller, ProfileChange change) {
        User user = entities.find(User.class, caller.account());
        user.change(change);
        return user.ownProfile();
    }

    public TariffInfo tariff(Caller caller) {
        return entities.find(User.class, caller.account()).tariff().info();
    }

    private static String mandatory(Optional<String> claim, String name, int characters) {
        return claim.filter(value -> !value.isBlank() && value.length() <= characters && Texts.storable(value))
                .orElseThrow(() -> Refused.badRequest("The access token has no usable claim " + name));
    }

    private Optional<User> find(String subject) {
        return entities.createQuery(
                        "select u from User u where u.tenant = :tenant and u.subject = :subject", User.class)
                .setParameter("tenant", TENANT)
                .setParameter("subject", subject)
                .getResultStream()
                .findFirst();
    }

    /** A dashboard sends its first five requests at once: all may insert, one row comes into being, all find it. */
    private User make(String subject, Claims claims) {
        String name = Texts.name(
                claims.nickname()
                        .filter(nickname -> !Texts.name(nickname).isEmpty())
                        .orElseGet(() -> claims.givenName().orElse("") + " "
                                + claims.familyName().orElse("")),
                255);
        entities.createNativeQuery("insert into account (id, tenant, subject, email, title, firstname, lastname,"
                        + " display_name, avatar_url, language, used_storage, tariff_id, created_at, version)"
                        + " values (:id, :tenant, :subject, '', '', '', '', :name, '', :language, 0, :tariff, :now, 0)"
                        + " on conflict do nothing")
                .setParameter("id", UUID.randomUUID())
                .setParameter("tenant", TENANT)
                .setParameter("subject", subject)
                .setParameter("name", name)
                .setParameter(
                        "language", claims.locale().filter(Texts::isLanguage).orElse("en"))
                .setParameter("tariff", Tariff.STANDARD)
                .setParameter(
                        "now", Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .executeUpdate();
        return find(subject).orElseThrow(() -> new IllegalStateException("the new account is not to be found"));
    }
}
