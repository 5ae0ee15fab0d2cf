/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.plenum.conference.tariff.Tariff;

/**
 * An account: a subject of the identity provider in a tenant, with what the person has set here. Names and address are
 * the provider's and follow each token; display name, title, language and themes are the person's own.
 */
@Entity
@Table(name = "account")
public class User {
    private static final int NAME = 255;
    private static final int ADDRESS_OF_PICTURE = 2000;

    @Id
    private UUID id;

    private String tenant;

    @SuppressWarnings("UnusedVariable") // the query by which Users finds an account names it
    private String subject;

    private String email;
    private String title;
    private String firstname;
    private String lastname;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "avatar_url")
    private String avatarUrl;

    private String language;

    @Enumerated(EnumType.STRING)
    @Column(name = "dashboard_theme")
    private Theme dashboardTheme;

    @Enumerated(EnumType.STRING)
    @Column(name = "conference_theme")
    private Theme conferenceTheme;

    @Column(name = "used_storage")
    private long usedStorage;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "tariff_id")
    private Tariff tariff;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected User() {} // for JPA; rows are made by Users, because two first requests may come at once

    /** Takes over what the token says. The caller has made sure that the mandatory claims are there. */
    void update(Claims claims) {
        email = claims.email().orElseThrow().toLowerCase(Locale.ROOT);
        firstname = Texts.name(claims.givenName().orElseThrow(), NAME);
        lastname = Texts.name(claims.familyName().orElseThrow(), NAME);
        avatarUrl = claims.picture().filter(User::isWebAddress).orElse("");
    }

    void change(ProfileChange change) {
        change.title().ifPresent(value -> title = value);
        change.displayName().ifPresent(value -> displayName = value);
        change.language().ifPresent(value -> language = value);
        change.dashboardTheme().ifPresent(value -> dashboardTheme = value);
        change.conferenceTheme().ifPresent(value -> conferenceTheme = value);
    }

    public UUID id() {
        return id;
    }

    public boolean is(Caller caller) {
        return id.equals(caller.account());
    }

    public boolean isOf(String otherTenant) {
        return tenant.equals(otherTenant);
    }

    public String displayName() {
        return displayName;
    }

    public Tariff tariff() {
        return tariff;
    }

    /** Octets that the files of this account's rooms take. */
    public long usedStorage() {
        return usedStorage;
    }

    public Profile profile() {
        return new Profile(id, email, title, firstname, lastname, displayName, avatarUrl);
    }

    Caller caller(Set<String> groups) {
        return new Caller(id, tenant, groups);
    }

    OwnProfile ownProfile() {
        return new OwnProfile(
                profile(),
                language,
                Optional.ofNullable(dashboardTheme),
                Optional.ofNullable(conferenceTheme),
                usedStorage);
    }

    private static boolean isWebAddress(String picture) {
        return picture.length() <= ADDRESS_OF_PICTURE
                && (picture.startsWith("https://") || picture.startsWith("http://"))
                && Texts.oneLine(picture);
    }
}
