/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.plenum.conference.room.CallIn;

/**
 * A person who may enter a meeting, and all that the live room has to know of the meeting: the result of the checks of a
 * start request. Plain values; texts that are private do not show in {@link #toString}.
 */
public record Admission(Meeting meeting, Visitor visitor) {

    /** The same with the name that the others shall see. */
    public Admission called(String displayName) {
        Visitor named = new Visitor(
                visitor.account(),
                displayName,
                visitor.avatarUrl(),
                visitor.moderator(),
                visitor.owner(),
                visitor.phone(),
                visitor.device());
        return new Admission(meeting, named);
    }

    /** Who lets somebody wait. */
    public enum WaitingRoom {
        DISABLED,
        FOR_GUESTS,
        FOR_EVERYONE
    }

    /**
     * @param password the room's password, as moderators may read it
     * @param modules namespaces that run in the room with the features that its tariff leaves on, {@code core} included
     * @param disabledFeatures features the tariff switches off, as {@code module::feature}
     * @param details what may be shown to whom is decided by {@link #detailsPublic}
     */
    public record Meeting(
            UUID room,
            Optional<String> password,
            Owner owner,
            Tariff tariff,
            Map<String, Set<String>> modules,
            Set<String> disabledFeatures,
            Optional<EventSummary> event,
            Details details,
            boolean detailsPublic,
            WaitingRoom waitingRoom) {
        @Override
        public String toString() {
            return "Meeting[" + room + "]";
        }
    }

    public record Owner(
            UUID account, String title, String firstname, String lastname, String displayName, String avatarUrl) {
        @Override
        public String toString() {
            return "Owner[" + account + "]";
        }
    }

    /** Absent quotas are unlimited; storage in octets, time in seconds. */
    public record Tariff(
            UUID id,
            String name,
            Optional<Long> maxStorage,
            Optional<Integer> participantLimit,
            Optional<Integer> timeLimitSeconds,
            long usedStorage) {}

    public record EventSummary(UUID id, String title, boolean adhoc, boolean e2eEncryption) {
        @Override
        public String toString() {
            return "EventSummary[" + id + "]";
        }
    }

    public record StreamingLink(String name, String url) {}

    public record Details(Optional<UUID> inviteCode, Optional<CallIn> callIn, List<StreamingLink> streamingLinks) {
        @Override
        public String toString() {
            return "(details)";
        }
    }

    /**
     * @param account absent for guests
     * @param phone comes by telephone
     * @param device the device secret as sent; it is hashed before it is kept
     */
    public record Visitor(
            Optional<UUID> account,
            String displayName,
            Optional<String> avatarUrl,
            boolean moderator,
            boolean owner,
            boolean phone,
            String device) {
        @Override
        public String toString() {
            return "(visitor)";
        }
    }
}
