/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.invite.GuestLinks;
import org.plenum.conference.invite.Invite;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomAccess;
import org.plenum.conference.tariff.TariffInfo;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Profile;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.Texts;
import org.plenum.conference.user.User;

/**
 * Decides who may enter a room, and as what (rest.md section 8.2). Refusals are final for the web app, which would
 * repeat anything else every five seconds for ever: bad request, forbidden, not found, wrong room password.
 */
@Stateless
public class Entrance {
    private static final int NAME = 255;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private RoomAccess access;

    @Inject
    private GuestLinks links;

    public Entrance() {} // for the container

    public Entrance(EntityManager entities, RoomAccess access, GuestLinks links) {
        this.entities = entities;
        this.access = access;
        this.links = links;
    }

    /**
     * @param moderators the group whose members moderate every room that they may enter
     * @throws Refused see the class
     */
    public Admission account(Caller caller, UUID roomId, EntranceRequest request, String moderators) {
        Optional<Invite> invite = request.invite().flatMap(code -> links.open(code, Instant.now()));
        Room room = access.find(roomId)
                .filter(found -> found.owner().isOf(caller.tenant()))
                .orElseThrow(Refused::notFound);
        Optional<Invitee> invited = access.invitation(room, caller);
        boolean owner = room.isOwnedBy(caller);
        if (!owner && invited.isEmpty()) {
            if (request.invite().isEmpty()) {
                throw Refused.forbidden();
            }
            requireGuestRights(room, invite, request);
        }
        boolean moderator = owner
                || caller.groups().contains(moderators)
                || invited.map(Invitee::role)
                        .filter(role -> role == Invitee.Role.MODERATOR)
                        .isPresent();
        return new Admission(meeting(room), visitor(caller, request, moderator, owner));
    }

    /** @throws Refused see the class */
    public Admission guest(UUID roomId, EntranceRequest request) {
        if (request.invite().isEmpty()) {
            throw Refused.badRequest("An invite code is needed");
        }
        String name = request.displayName().map(Texts::name).orElse("");
        if (name.isEmpty()) {
            throw Refused.badRequest("A display name is needed");
        }
        // both look-ups always, so that the time does not tell a room without this link from no room
        Optional<Invite> invite = links.open(request.invite().get(), Instant.now());
        Room room = access.find(roomId).orElseThrow(Refused::notFound);
        requireGuestRights(room, invite, request);
        return new Admission(
                meeting(room),
                new Admission.Visitor(
                        Optional.empty(),
                        Texts.name(name, NAME),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        request.device()));
    }

    /**
     * Somebody on the telephone. Which of the two numbers is wrong nobody learns, neither by words nor by time.
     *
     * @param id ten digits
     * @param pin ten digits
     * @return an admission without a name, see {@link Admission#called}
     */
    public PhoneAnswer caller(String id, String pin, String device) {
        Optional<Room> room = access.ofCallInId(id);
        if (!room.map(found -> found.hasCallInPin(pin)).orElse(false)) {
            return new PhoneAnswer.WrongNumbers();
        }
        if (!room.get().opensToCallers()) {
            return new PhoneAnswer.NotOffered();
        }
        return new PhoneAnswer.Welcome(new Admission(
                meeting(room.get()),
                new Admission.Visitor(Optional.empty(), "", Optional.empty(), false, false, true, device)));
    }

    private static void requireGuestRights(Room room, Optional<Invite> invite, EntranceRequest request) {
        if (!invite.orElseThrow(Refused::notFound).room().id().equals(room.id())) {
            throw Refused.badRequest("The invite code belongs to another room");
        }
        if (!room.opensToGuests()) {
            throw Refused.forbidden();
        }
        if (room.password().isEmpty()) {
            return;
        }
        boolean right = request.password().map(room::hasPassword).orElse(request.admittedBefore());
        if (!right) {
            throw Refused.wrongRoomPassword();
        }
    }

    private Admission.Visitor visitor(Caller caller, EntranceRequest request, boolean moderator, boolean owner) {
        Profile profile = entities.find(User.class, caller.account()).profile();
        String name = request.displayName()
                .map(text -> Texts.name(text, NAME))
                .filter(text -> !text.isEmpty())
                .orElse(profile.displayName());
        return new Admission.Visitor(
                Optional.of(profile.id()),
                name,
                Optional.of(profile.avatarUrl()).filter(url -> !url.isEmpty()),
                moderator,
                owner,
                false,
                request.device());
    }

    private Admission.Meeting meeting(Room room) {
        TariffInfo tariff = room.owner().tariff().info();
        Optional<Event> event = EventQuery.of(entities, room);
        Optional<UUID> code = room.opensToGuests() ? links.permanent(room) : Optional.empty();
        return new Admission.Meeting(
                room.id(),
                room.password(),
                owner(room.owner()),
                tariff(tariff, room.owner().usedStorage()),
                tariff.modules(),
                tariff.disabledFeatures(),
                event.map(Event::summary),
                new Admission.Details(code, room.callIn(), List.of()),
                event.map(Event::showsMeetingDetails).orElse(false),
                waitingRoom(room));
    }

    private static Admission.Owner owner(User owner) {
        Profile profile = owner.profile();
        return new Admission.Owner(
                profile.id(),
                profile.title(),
                profile.firstname(),
                profile.lastname(),
                profile.displayName(),
                profile.avatarUrl());
    }

    private static Admission.Tariff tariff(TariffInfo tariff, long usedStorage) {
        return new Admission.Tariff(
                tariff.id(),
                tariff.name(),
                tariff.maxStorage(),
                tariff.participantLimit(),
                tariff.timeLimitSeconds(),
                usedStorage);
    }

    private static Admission.WaitingRoom waitingRoom(Room room) {
        if (room.waitingRoom()) {
            return Admission.WaitingRoom.FOR_EVERYONE;
        }
        return room.guestAccess() == GuestAccess.WAITING_ROOM
                ? Admission.WaitingRoom.FOR_GUESTS
                : Admission.WaitingRoom.DISABLED;
    }
}
