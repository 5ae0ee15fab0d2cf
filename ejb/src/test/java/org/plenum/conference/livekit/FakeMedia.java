/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

/** An engine that writes down what it is asked for. */
final class FakeMedia implements Media {
    final List<AccessRequest> tokens = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final Map<String, Set<TrackSource>> allowed = new TreeMap<>();
    boolean broken;

    AccessRequest lastToken() {
        return tokens.get(tokens.size() - 1);
    }

    @Override
    public String accessToken(AccessRequest request) {
        if (broken) {
            throw new IllegalStateException("the engine is down");
        }
        tokens.add(request);
        return "token " + tokens.size();
    }

    @Override
    public CompletionStage<Boolean> remove(MediaRoomId room, String identity) {
        return answer("remove " + room.value() + " " + identity);
    }

    @Override
    public CompletionStage<Boolean> allowSources(MediaRoomId room, String identity, Set<TrackSource> sources) {
        allowed.put(identity, sources);
        return answer("allow " + room.value() + " " + identity);
    }

    @Override
    public CompletionStage<Boolean> muteMicrophone(MediaRoomId room, String identity) {
        return answer("mute " + room.value() + " " + identity);
    }

    @Override
    public CompletionStage<Void> deleteRoom(MediaRoomId room) {
        return answer("delete " + room.value()).thenApply(done -> null);
    }

    private CompletionStage<Boolean> answer(String call) {
        if (broken) {
            return CompletableFuture.failedFuture(new IllegalStateException("the engine is down"));
        }
        calls.add(call);
        return CompletableFuture.completedFuture(true);
    }

    // what signaling never asks for

    @Override
    public Verdict validate(String token, ConnectParameters parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SignalLink connect(String token, ConnectParameters parameters, SignalClient client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<MediaParticipant>> participants(MediaRoomId room) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ServiceAnswer> serve(ServiceRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> relays() {
        return List.of();
    }

    @Override
    public MediaStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LocalPeer openLocalPeer(MediaRoomId room, LocalPeerSpec spec, Consumer<LocalPeerEvent> events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AudioTap openAudioTap(MediaRoomId room, int maxSpeakers, Consumer<AudioTapEvent> sink) {
        throw new UnsupportedOperationException();
    }
}
