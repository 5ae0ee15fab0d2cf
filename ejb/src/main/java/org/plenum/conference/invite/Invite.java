/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.invite;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.room.Room;
import org.plenum.conference.user.User;

/** A guest link: whoever has the code may ask to enter the room. A permanent one has no end. */
@Entity
public class Invite {
    @Id
    private UUID code;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "room_id")
    private Room room;

    private boolean active;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "created_by")
    private User createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "updated_by")
    private User updatedBy;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    protected Invite() {} // for JPA

    /** @param expiration absent: permanent */
    public Invite(Room room, User creator, Optional<Instant> expiration, Instant now) {
        this.code = UUID.randomUUID(); // 122 random bits of a SecureRandom: the code is the guest's credential
        this.room = room;
        this.active = true;
        this.expiresAt = expiration.orElse(null);
        this.createdBy = creator;
        this.createdAt = now;
        this.updatedBy = creator;
        this.updatedAt = now;
    }

    /** @return whether the link opens its room at that time; at the instant of its expiration it does not any more. */
    public boolean opensAt(Instant now) {
        return active && (expiresAt == null || now.isBefore(expiresAt));
    }

    public UUID code() {
        return code;
    }

    public Room room() {
        return room;
    }

    void deactivate(User by, Instant now) {
        active = false;
        touched(by, now);
    }

    void expire(Optional<Instant> expiration, User by, Instant now) {
        expiresAt = expiration.orElse(null);
        touched(by, now);
    }

    private void touched(User by, Instant now) {
        updatedBy = by;
        updatedAt = now;
    }

    InviteInfo info() {
        return new InviteInfo(
                code,
                room.id(),
                active,
                Optional.ofNullable(expiresAt),
                createdBy.profile(),
                createdAt,
                updatedBy.profile(),
                updatedAt);
    }
}
