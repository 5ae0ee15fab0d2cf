/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.plenum.conference.user.User;

/** An account that was invited to what happens in a room. It may enter whatever it answered. */
@Entity
@IdClass(Invitee.Key.class)
public class Invitee {
    /** A moderator by invitation leads the meeting, but may not change it in the calendar. */
    public enum Role {
        USER,
        MODERATOR
    }

    public enum Status {
        PENDING,
        ACCEPTED,
        TENTATIVE,
        DECLINED
    }

    @Id
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "room_id")
    private Room room;

    @Id
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "account_id")
    private User user;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Invitee() {} // for JPA

    public Invitee(Room room, User user, Role role, Instant now) {
        this.room = room;
        this.user = user;
        this.role = role;
        this.status = Status.PENDING;
        this.createdAt = now;
    }

    public UUID roomId() {
        return room.id();
    }

    public User user() {
        return user;
    }

    public Role role() {
        return role;
    }

    public Status status() {
        return status;
    }

    public void become(Role newRole) {
        role = newRole;
    }

    public void answer(Status answer) {
        status = answer;
    }

    /** One invitation an account and room. */
    public record Key(UUID room, UUID user) implements Serializable {}
}
