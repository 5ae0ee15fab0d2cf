/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.AudioTap;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.MediaStatistics;
import org.plenum.media.api.ServiceAnswer;
import org.plenum.media.api.ServiceRequest;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.SignalLink;
import org.plenum.media.api.TrackSource;
import org.plenum.media.api.Verdict;
import org.plenum.media.livekit.Entrance;
import org.plenum.media.livekit.RoomService;
import org.plenum.media.livekit.RoomTap;
import org.plenum.media.livekit.SignalRooms;
import org.plenum.media.livekit.SignalSession;

/** The face of the engine: judges tokens at once, posts everything else to the loop. Any thread. */
final class EngineMedia implements Media {
    /** RFC 6455 section 7.4.1 and its registry: try again later. */
    private static final int TRY_AGAIN_LATER = 1013;

    private static final int POLICY = 1008;

    private final MediaLoop loop;
    private final Entrance entrance;
    private final RoomService service;

    EngineMedia(MediaLoop loop, Entrance entrance) {
        this.loop = loop;
        this.entrance = entrance;
        this.service = new RoomService(entrance);
    }

    @Override
    public String accessToken(AccessRequest request) {
        return entrance.accessToken(request, System.currentTimeMillis());
    }

    @Override
    public Verdict validate(String token, ConnectParameters parameters) {
        return entrance.validate(token, parameters, System.currentTimeMillis());
    }

    @Override
    public SignalLink connect(String token, ConnectParameters parameters, SignalClient client) {
        Link link = new Link(client);
        if (!loop.post((rooms, nowNs) -> link.session = rooms.connect(token, parameters, client, nowNs))) {
            client.close(TRY_AGAIN_LATER, "busy");
            link.over = true;
        }
        return link;
    }

    @Override
    public CompletionStage<List<MediaParticipant>> participants(MediaRoomId room) {
        return ask((rooms, nowNs) -> rooms.participants(room));
    }

    @Override
    public CompletionStage<Boolean> remove(MediaRoomId room, String identity) {
        return ask((rooms, nowNs) -> rooms.remove(room, identity, nowNs));
    }

    @Override
    public CompletionStage<Boolean> allowSources(MediaRoomId room, String identity, Set<TrackSource> sources) {
        Set<TrackSource> copy = Set.copyOf(sources);
        return ask((rooms, nowNs) -> rooms.allowSources(room, identity, copy, nowNs));
    }

    @Override
    public CompletionStage<Boolean> muteMicrophone(MediaRoomId room, String identity) {
        return ask((rooms, nowNs) -> rooms.muteMicrophone(room, identity, nowNs));
    }

    @Override
    public CompletionStage<Void> deleteRoom(MediaRoomId room) {
        return ask((rooms, nowNs) -> {
            rooms.deleteRoom(room, nowNs);
            return null;
        });
    }

    @Override
    public LocalPeer openLocalPeer(MediaRoomId room, LocalPeerSpec spec, Consumer<LocalPeerEvent> events) {
        LocalLink link = new LocalLink(loop, spec, events);
        link.enter(room);
        return link;
    }

    @Override
    public AudioTap openAudioTap(MediaRoomId room, int maxSpeakers, Consumer<AudioTapEvent> sink) {
        AtomicReference<RoomTap> tap = new AtomicReference<>(); // the loop's
        loop.mustPost((rooms, nowNs) -> tap.set(rooms.openTap(room, maxSpeakers, sink)));
        return () -> loop.mustPost((rooms, nowNs) -> rooms.closeTap(room, tap.getAndSet(null)));
    }

    @Override
    public CompletionStage<ServiceAnswer> serve(ServiceRequest request) {
        RoomService.Call call = service.prepare(request, System.currentTimeMillis());
        return ask(call::on);
    }

    @Override
    public List<String> relays() {
        return entrance.relays();
    }

    @Override
    public MediaStatistics statistics() {
        return loop.statistics();
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(SignalRooms rooms, long nowNs);
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean posted = loop.post((rooms, nowNs) -> {
            try {
                answer.complete(question.of(rooms, nowNs));
            } catch (RuntimeException fault) {
                answer.completeExceptionally(fault);
                throw fault; // counted by the loop
            }
        });
        if (!posted) {
            answer.completeExceptionally(new RejectedExecutionException("the media engine is busy or stopped"));
        }
        return answer;
    }

    /** One socket's way into the loop. What it may have waiting there is bounded, so that one client cannot fill the queue. */
    private final class Link implements SignalLink {
        private static final int MOST_MESSAGES = 128;
        private static final long MOST_BYTES = 2 << 20;

        private final SignalClient client;
        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicBoolean told = new AtomicBoolean();
        private SignalSession session; // the loop's
        private volatile boolean over;

        Link(SignalClient client) {
            this.client = client;
        }

        @Override
        public void received(byte[] message) {
            if (over) {
                return;
            }
            int length = message.length;
            if (messages.incrementAndGet() > MOST_MESSAGES || bytes.addAndGet(length) > MOST_BYTES) {
                give(POLICY, "too many messages");
                return;
            }
            boolean posted = loop.post((rooms, nowNs) -> {
                messages.decrementAndGet();
                bytes.addAndGet(-length);
                if (session != null && !over) {
                    session.received(message, nowNs);
                }
            });
            if (!posted) {
                give(TRY_AGAIN_LATER, "busy");
            }
        }

        /** A session that missed a message cannot go on: its client has to come again. */
        private void give(int code, String reason) {
            over = true;
            client.close(code, reason); // the socket's end is reported by closed()
        }

        @Override
        public void closed() {
            if (told.getAndSet(true)) {
                return;
            }
            over = true;
            loop.mustPost((rooms, nowNs) -> {
                if (session != null) {
                    session.closed(nowNs);
                }
            });
        }
    }
}
