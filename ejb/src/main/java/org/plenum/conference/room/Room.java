/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.User;

/**
 * Where people meet. Its password is a word that moderators read out to guests and see on their screens all the time
 * (the clients' protocol sends it to them), so it is stored readable and not as a hash: it keeps strangers out of a
 * meeting, it is nobody's secret of their own.
 */
@Entity
public class Room {
    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "owner_id")
    private User owner;

    @Column(name = "created_at")
    private Instant createdAt;

    private String password;

    @Column(name = "waiting_room")
    private boolean waitingRoom;

    @Enumerated(EnumType.STRING)
    @Column(name = "guest_access")
    private GuestAccess guestAccess;

    @Column(name = "e2e_encryption")
    private boolean e2eEncryption;

    /** Null in rooms that are older than the telephone. */
    @Column(name = "call_in_id")
    private String callInId;

    @Column(name = "call_in_pin")
    private String callInPin;

    @Version
    private long version;

    protected Room() {} // for JPA

    /** A room without password and waiting room, whose guests wait. */
    public Room(User owner, Instant now) {
        this.id = UUID.randomUUID();
        this.owner = owner;
        this.createdAt = now;
        this.guestAccess = GuestAccess.WAITING_ROOM;
        this.callInId = CallIn.randomDigits();
        this.callInPin = CallIn.randomDigits();
    }

    /** @return whether the password is another one now */
    public boolean change(RoomSettingsChange change) {
        Optional<String> before = password();
        change.password().ifPresent(value -> password = value.orElse(null));
        change.waitingRoom().ifPresent(value -> waitingRoom = value);
        change.guestAccess().ifPresent(value -> guestAccess = value);
        change.e2eEncryption().ifPresent(value -> e2eEncryption = value);
        return !before.equals(password());
    }

    public UUID id() {
        return id;
    }

    public User owner() {
        return owner;
    }

    public boolean isOwnedBy(Caller caller) {
        return owner.is(caller);
    }

    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    public boolean waitingRoom() {
        return waitingRoom;
    }

    public GuestAccess guestAccess() {
        return guestAccess;
    }

    public boolean e2eEncryption() {
        return e2eEncryption;
    }

    /** Guests may come when the room wants them and the owner's tariff allows them. */
    public boolean opensToGuests() {
        return guestAccess != GuestAccess.DISABLED && owner.tariff().info().guestsAllowed();
    }

    /** Callers are guests, and nobody can read end-to-end encrypted sound on a telephone. */
    public boolean opensToCallers() {
        return opensToGuests() && !e2eEncryption && owner.tariff().info().has("core", "call_in");
    }

    /** Absent: there is no way in by telephone. */
    public Optional<CallIn> callIn() {
        CallIn.Access access = CallIn.Access.configured();
        return callInId == null || access.tel().isEmpty() || !opensToCallers()
                ? Optional.empty()
                : Optional.of(new CallIn(access.tel().get(), access.uri(), callInId, callInPin));
    }

    /** @return whether this is the PIN; compared in a time that does not depend on how much of it is right. */
    public boolean hasCallInPin(String attempt) {
        return callInPin != null
                && MessageDigest.isEqual(
                        callInPin.getBytes(StandardCharsets.UTF_8), attempt.getBytes(StandardCharsets.UTF_8));
    }

    /** @return whether this is the password; compared in a time that does not depend on how much of it is right. */
    public boolean hasPassword(String attempt) {
        return password != null
                && MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8), attempt.getBytes(StandardCharsets.UTF_8));
    }

    public RoomInfo info() {
        return new RoomInfo(
                id, owner.profile(), createdAt, password(), guestAccess, waitingRoom, e2eEncryption, callIn());
    }
}
