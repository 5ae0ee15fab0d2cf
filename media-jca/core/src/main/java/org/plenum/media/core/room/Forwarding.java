/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plenum.media.core.peer.Connection;

/**
 * Publications and subscriptions of one room: who sends what to whom. Session logic says so, the media plane forwards.
 * All calls on the loop that owns the room.
 */
public interface Forwarding {
    /** Simulcast layers from low to high; a publication with one encoding has only LOW. */
    enum Layer {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * A negotiated section of a publisher's description.
     *
     * @param mid value of the MID header extension on this connection (RFC 9143)
     * @param payloadType of the media as the publisher sends it
     * @param rtxPayloadType of its retransmissions (RFC 4588), or -1
     * @param redPayloadType under which sound may come with what was sent before (RFC 2198), or -1
     * @param extensions header extension ids on this connection by URI (RFC 8285)
     * @param ssrcs SSRCs known from the description, media before its rtx per entry; empty with rids
     * @param rids stream ids from low to high (RFC 8851); empty without simulcast by rid
     * @param sharp whether it is read rather than watched: a larger size counts for more than the whole frame rate
     */
    record PublicationSpec(
            String mid,
            boolean video,
            boolean sharp,
            String mimeType,
            int clockRate,
            int payloadType,
            int rtxPayloadType,
            int redPayloadType,
            boolean nack,
            Map<String, Integer> extensions,
            List<Ssrcs> ssrcs,
            List<String> rids) {}

    /** @param rtx SSRC of the retransmissions, or -1 */
    record Ssrcs(long media, long rtx) {}

    /**
     * How a subscriber's description names the track.
     *
     * @param extensions header extension ids on the subscriber's connection by URI
     * @param rtxPayloadType or -1
     * @param redPayloadType under which sound is sent together with what went before, or -1
     */
    record SubscriptionSpec(
            String mid, int payloadType, int rtxPayloadType, int redPayloadType, Map<String, Integer> extensions) {}

    /** A track that somebody sends. */
    interface Publication {
        /** Muted tracks are not forwarded, whatever arrives. */
        void muted(boolean muted);

        /** Ends it and all its subscriptions. */
        void close();

        /** Packets and bytes received so far, without duplicates. */
        long packets();

        long bytes();
    }

    /** A track that somebody receives. Made before its description is negotiated; sends from {@link #start} on. */
    interface Subscription {
        /** The SSRC this subscriber is sent, fixed for the life of the subscription. */
        long ssrc();

        /** SSRC of retransmissions, fixed too; meaningful when the track is video. */
        long rtxSsrc();

        /** The description is agreed: packets may leave. Called again when numbers change. */
        void start(SubscriptionSpec spec);

        /** Stops and resumes without a new description; video resumes at a key frame. */
        void paused(boolean paused);

        /** The highest layer this subscriber wants. */
        void wanted(Layer highest);

        /** @param framesPerSecond that this subscriber wants at least, 0 for all there are */
        void frameRate(int framesPerSecond);

        /** How early it is served when its line does not carry everything: the larger, the earlier. 0 at the beginning. */
        void importance(int value);

        /** @param listener told on the loop when the line no longer carries even the lowest layer (true), and when it does again */
        void whenStarved(Consumer<Boolean> listener);

        void close();

        long packets();

        long bytes();
    }

    /**
     * How a connection is doing.
     *
     * @param expected packets that its other end has sent, of the publications that are there now
     * @param lost how many of them were lost on the way; negative when duplicates came
     * @param fractionLost of what is sent there, as its reports say: 0 to 255, mean over the subscriptions
     * @param roundTripNs smoothed, or -1 when unknown
     */
    record Condition(long expected, long lost, int fractionLost, long roundTripNs) {
        /** Nothing is known, so nothing is wrong. */
        public static final Condition UNKNOWN = new Condition(0, 0, 0, -1);
    }

    /** @return {@link Condition#UNKNOWN} for a connection that is not in this room */
    Condition condition(Connection connection);

    Publication publish(Connection publisher, PublicationSpec spec);

    Subscription subscribe(Connection subscriber, Publication publication);

    void close();

    /** Told on the loop. */
    interface Listener {
        /**
         * Somebody started or stopped to speak, or speaks at another level.
         *
         * @param changes audio publications whose state changed, with linear level 0 to 1 in eighths; 0 means silent now
         */
        void onSpeakers(Map<Publication, Float> changes);
    }
}
