/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.Ping;
import livekit.LivekitRtc.Pong;
import livekit.LivekitRtc.RequestResponse.Reason;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SimulateScenario.ScenarioCase;
import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.SyncState;
import livekit.LivekitRtc.UpdateParticipantMetadata;
import livekit.LivekitRtc.UpdateSubscription;
import org.plenum.media.core.sdp.SdpException;
import org.plenum.media.core.sdp.SdpParser;
import org.plenum.media.core.sdp.SdpWriter;
import org.plenum.media.core.sdp.SessionDescription;
import org.plenum.media.livekit.SignalCounters.Count;

/**
 * One media socket as its loop sees it: bytes in. Answers leave through the SignalClient given to connect. Whatever a client
 * sends is counted and dropped when it makes no sense; nothing is thrown.
 */
public final class SignalSession {
    /** Of somebody who was refused at the door. */
    static final SignalSession REFUSED = new SignalSession(null, null, null);

    private final Participant participant;
    private final Outlet outlet; // the other direction of the same socket
    private final Surroundings around;

    SignalSession(Participant participant, Outlet outlet, Surroundings around) {
        this.participant = participant;
        this.outlet = outlet;
        this.around = around;
    }

    /** One whole binary message. The array is not changed and not kept. */
    public void received(byte[] message, long nowNs) {
        if (isOver()) {
            return;
        }
        around.count(Count.MESSAGES_RECEIVED);
        participant.room().at(nowNs);
        if (message.length > around.config().limits().messageBytes()) {
            around.count(Count.MESSAGES_TOO_LARGE);
            participant.outlet().abort(Outlet.TOO_LARGE, "message too large");
            participant.gone(DisconnectReason.SIGNAL_CLOSE);
            return;
        }
        try {
            handle(SignalRequest.parseFrom(message), nowNs);
        } catch (InvalidProtocolBufferException unreadable) {
            around.count(Count.MESSAGES_UNREADABLE);
        } catch (SdpException refused) {
            around.count(Count.DESCRIPTIONS_REFUSED);
        }
    }

    /** The socket is gone, whoever closed it. Later calls do nothing. */
    public void closed(long nowNs) {
        if (!isOver()) {
            participant.room().at(nowNs);
            participant.socketLost(nowNs);
        }
    }

    private boolean isOver() {
        return participant == null || participant.isGone() || participant.outlet() != outlet; // it has a newer socket
    }

    private void handle(SignalRequest request, long nowNs) throws SdpException {
        switch (request.getMessageCase()) {
            case OFFER -> offer(request.getOffer());
            case ANSWER -> answer(request.getAnswer(), nowNs);
            case TRICKLE -> around.count(Count.CANDIDATES_IGNORED); // RFC 8445 section 2.5: a lite agent answers checks
            case ADD_TRACK -> participant.publishing().add(request.getAddTrack());
            case MUTE -> participant.muteOwn(request.getMute());
            case SUBSCRIPTION -> subscription(request.getSubscription(), nowNs);
            case TRACK_SETTING -> participant.subscribing().ifPresent(s -> s.set(request.getTrackSetting()));
            case SUBSCRIPTION_PERMISSION -> permission(request.getSubscriptionPermission());
            case SYNC_STATE -> synchronize(request.getSyncState(), nowNs);
            case UPDATE_METADATA -> describe(request.getUpdateMetadata(), nowNs);
            case SIMULATE -> simulate(request.getSimulate().getScenarioCase());
            case PING -> participant.outlet().send(SignalResponse.newBuilder().setPong(around.wallMs(nowNs)));
            case PING_REQ -> pong(request.getPingReq(), nowNs);
            case LEAVE -> leave();
            default -> around.count(Count.MESSAGES_IGNORED);
        }
    }

    private void offer(LivekitRtc.SessionDescription message) throws SdpException {
        SessionDescription offer = parsed(message);
        if (offer.sections().size() > around.config().limits().mediaSections()) {
            throw new SdpException(SdpException.Reason.TOO_MANY_SECTIONS, 0);
        }
        SessionDescription answer = participant.publishing().answer(offer);
        participant
                .outlet()
                .send(SignalResponse.newBuilder()
                        .setAnswer(LivekitRtc.SessionDescription.newBuilder()
                                .setType("answer")
                                .setSdp(SdpWriter.write(answer))
                                .setId(message.getId()))); // the offer's own: a client waits for it
    }

    private void answer(LivekitRtc.SessionDescription message, long nowNs) throws SdpException {
        Optional<Subscribing> subscribing = participant.subscribing();
        if (subscribing.isPresent()) {
            subscribing.get().answered(message.getId(), parsed(message), nowNs);
        }
    }

    private static SessionDescription parsed(LivekitRtc.SessionDescription message) throws SdpException {
        return SdpParser.parse(message.getSdp());
    }

    private void subscription(UpdateSubscription request, long nowNs) {
        Set<String> sids = new LinkedHashSet<>(request.getTrackSidsList());
        request.getParticipantTracksList().forEach(p -> sids.addAll(p.getTrackSidsList()));
        participant.receive(sids, request.getSubscribe(), nowNs);
    }

    private void permission(SubscriptionPermission request) {
        if (participant.permissions().replace(request)) {
            participant.room().permissionsChanged(participant);
        } else {
            around.count(Count.REQUESTS_REFUSED);
        }
    }

    /** After a resume the client says what it believes; tracks that we do not know cannot go on. */
    private void synchronize(SyncState state, long nowNs) {
        boolean known = state.getPublishTracksList().stream()
                .allMatch(p ->
                        participant.publishing().track(p.getTrack().getSid()).isPresent());
        if (!known) {
            participant.end(Action.RECONNECT, DisconnectReason.STATE_MISMATCH);
            return;
        }
        subscription(state.getSubscription(), nowNs);
        participant.subscribing().ifPresent(s -> s.pauseOnly(Set.copyOf(state.getTrackSidsDisabledList())));
    }

    /** What would otherwise need a fault of ours; it concerns the client that asks and nobody else (contract livekit.md section 20). */
    private void simulate(ScenarioCase scenario) {
        switch (scenario) {
            case SERVER_LEAVE -> participant.end(Action.DISCONNECT, DisconnectReason.SERVER_SHUTDOWN);
            case LEAVE_REQUEST_FULL_RECONNECT -> participant.end(Action.RECONNECT, DisconnectReason.STATE_MISMATCH);
            case NODE_FAILURE -> {
                outlet.abort(Outlet.BROKEN, "simulated");
                participant.gone(DisconnectReason.STATE_MISMATCH);
            }
            default -> around.count(Count.MESSAGES_IGNORED);
        }
    }

    private void describe(UpdateParticipantMetadata request, long nowNs) {
        Grants grants = participant.grants();
        Optional<Grants> changed =
                Profile.changed(grants, request.getName(), request.getMetadata(), request.getAttributesMap());
        Reason reason = Reason.OK;
        if (!grants.updateOwnMetadata()) {
            reason = Reason.NOT_ALLOWED;
        } else if (changed.isEmpty()) {
            reason = Reason.LIMIT_EXCEEDED;
        } else {
            participant.change(changed.get(), nowNs);
        }
        if (reason != Reason.OK) {
            around.count(Count.REQUESTS_REFUSED);
        }
        participant.respond(reason, r -> r.setRequestId(request.getRequestId()).setUpdateMetadata(request));
    }

    private void pong(Ping ping, long nowNs) {
        participant
                .outlet()
                .send(SignalResponse.newBuilder()
                        .setPongResp(Pong.newBuilder()
                                .setLastPingTimestamp(ping.getTimestamp())
                                .setTimestamp(around.wallMs(nowNs))));
    }

    private void leave() {
        participant.outlet().left();
        participant.gone(DisconnectReason.CLIENT_INITIATED);
    }
}
