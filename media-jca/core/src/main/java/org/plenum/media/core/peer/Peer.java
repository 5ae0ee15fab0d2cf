/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.plenum.media.core.dtls.DtlsGate;
import org.plenum.media.core.dtls.DtlsSession;
import org.plenum.media.core.dtls.Fingerprint;
import org.plenum.media.core.ice.Credentials;
import org.plenum.media.core.ice.IceLiteAgent;
import org.plenum.media.core.packet.PacketKind;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.media.core.srtp.SrtpProfile;

/**
 * One WebRTC transport of one client: ICE-lite, DTLS, SRTP. Datagrams of its paths come in, datagrams for them go out, and what
 * is media goes to the {@link MediaReceiver}. Belongs to the loop of its {@link Peers}.
 */
public final class Peer implements Transport, DtlsSession.Listener {
    private static final long FRESH_NS = 5_000_000_000L; // browsers check every 2.5 s or more often

    private final Peers peers;
    private final Connection.Listener listener;
    private final IceLiteAgent<Route> ice;
    private final Liveliness life = new Liveliness();
    private Credentials localIce;
    private IceCredentials remoteIce;
    private Fingerprint remoteFingerprint;
    private boolean weAreDtlsClient;
    private DtlsSession dtls;
    private DtlsGate gate;
    private Route heardFrom; // where DTLS came from, until ICE has chosen
    private SrtpContext srtp;
    private MediaReceiver media;
    private State state = State.NEW;
    private long packetsIn;
    private long packetsOut;

    Peer(Peers peers, Connection.Listener listener, Credentials localIce) {
        this.peers = peers;
        this.listener = listener;
        this.localIce = localIce;
        ice = new IceLiteAgent<>(localIce);
    }

    // ---- the path of a datagram: from a route of this peer to whom it is for

    /** Everything that comes over a validated path, except checks. */
    void receive(PacketKind kind, Route route, ByteBuffer packet, int length, long nowNs) {
        switch (kind) {
            case DTLS -> shakeHands(route, packet, length);
            case RTP -> hearMedia(packet, length, nowNs);
            case RTCP -> hearReports(packet, length, nowNs);
            default -> peers.drops().count(Drop.UNKNOWN_KIND);
        }
    }

    /** The message is in the window of the loop ({@link Peers#stun}). */
    void answerCheck(Route route, long nowNs) {
        ByteBuffer answer = peers.sink().slot();
        IceLiteAgent.Outcome outcome = ice.receive(peers.stun(), route, route.address(), route.port(), nowNs, answer);
        if (answer.limit() > 0) {
            peers.sink().send(route, answer.limit());
        }
        if (outcome.accepted()) {
            life.onCheck(nowNs);
            peers.bind(route, this);
        } else if (outcome != IceLiteAgent.Outcome.KEEPALIVE) {
            peers.drops().count(Drop.STUN_REFUSED);
        }
    }

    private void shakeHands(Route route, ByteBuffer packet, int length) {
        if (remoteFingerprint == null || isFinal()) {
            peers.drops().count(Drop.DTLS_TOO_EARLY);
            return;
        }
        if (dtls == null) {
            openDtls();
        }
        if (!gate.admit(packet, 0, length)) {
            peers.drops().count(Drop.DTLS_REFUSED);
            return;
        }
        heardFrom = route;
        packet.limit(length).position(0);
        dtls.receive(packet);
        packet.clear();
    }

    private void hearMedia(ByteBuffer packet, int length, long nowNs) {
        if (!readyForMedia()) {
            return;
        }
        int plain = srtp.unprotectRtp(packet, 0, length);
        if (plain < 0) {
            peers.drops().count(refusal(plain));
            return;
        }
        packetsIn++;
        life.onPacket(nowNs);
        media.rtp(packet, plain, nowNs);
    }

    private void hearReports(ByteBuffer packet, int length, long nowNs) {
        if (!readyForMedia()) {
            return;
        }
        int plain = srtp.unprotectRtcp(packet, 0, length);
        if (plain < 0) {
            peers.drops().count(refusal(plain));
            return;
        }
        life.onPacket(nowNs);
        media.rtcp(packet, plain, nowNs);
    }

    private boolean readyForMedia() {
        if (srtp == null) {
            peers.drops().count(Drop.MEDIA_TOO_EARLY);
            return false;
        }
        if (media == null) {
            peers.drops().count(Drop.NOBODY_LISTENS);
            return false;
        }
        return true;
    }

    private static Drop refusal(int code) {
        return switch (code) {
            case SrtpContext.REPLAYED -> Drop.SRTP_REPLAYED;
            case SrtpContext.TOO_OLD -> Drop.SRTP_TOO_OLD;
            case SrtpContext.NOT_AUTHENTIC -> Drop.SRTP_NOT_AUTHENTIC;
            default -> Drop.SRTP_MALFORMED;
        };
    }

    // ---- the way out

    @Override
    public boolean isOpen() {
        return state == State.CONNECTED;
    }

    /** {@inheritDoc} Protects it before. */
    @Override
    public boolean sendRtp(ByteBuffer slot, int length) {
        Route route = target();
        int sealed = srtp == null || route == null ? SrtpContext.MALFORMED : srtp.protectRtp(slot, 0, length);
        return send(route, sealed);
    }

    @Override
    public boolean sendRtcp(ByteBuffer slot, int length) {
        Route route = target();
        int sealed = srtp == null || route == null ? SrtpContext.MALFORMED : srtp.protectRtcp(slot, 0, length);
        return send(route, sealed);
    }

    @Override
    public long fetch(long ssrc) {
        Route route = target();
        return srtp == null || route == null ? packetsOut : packetsOut + srtp.fetch(ssrc) + route.port();
    }

    private boolean send(Route route, int sealed) {
        if (sealed < 0) {
            peers.drops().count(Drop.NOT_SENT);
            return false;
        }
        packetsOut++;
        peers.sink().send(route, sealed);
        return true;
    }

    private Route target() {
        Route chosen = ice.selected();
        return chosen != null ? chosen : heardFrom;
    }

    @Override
    public void forgetInbound(long ssrc) {
        if (srtp != null) {
            srtp.forgetInbound(ssrc);
        }
    }

    @Override
    public void forgetOutbound(long ssrc) {
        if (srtp != null) {
            srtp.forgetOutbound(ssrc);
        }
    }

    // ---- DTLS

    private void openDtls() {
        gate = new DtlsGate(weAreDtlsClient);
        dtls = peers.dtls().open(weAreDtlsClient, this);
    }

    @Override
    public void send(ByteBuffer datagram) {
        Route route = target();
        int length = datagram.remaining();
        if (route == null || length > DatagramSink.SLOT) {
            peers.drops().count(Drop.NOT_SENT);
            return;
        }
        ByteBuffer slot = peers.sink().slot();
        slot.put(0, datagram, datagram.position(), length);
        peers.sink().send(route, length);
    }

    @Override
    public void connected(SrtpProfile profile, byte[] keyingMaterial, byte[] peerCertificate) {
        if (isFinal()) {
            return;
        }
        if (remoteFingerprint == null || !remoteFingerprint.matches(peerCertificate)) {
            fail(); // whoever this is: not the one who signaled
            return;
        }
        gate.established();
        srtp = peers.protection().open(profile, keyingMaterial, weAreDtlsClient);
        become(State.CONNECTED);
    }

    @Override
    public void failed(DtlsSession.Failure reason) {
        dtls = null;
        if (!isFinal()) {
            fail();
        }
    }

    // ---- Connection

    @Override
    public IceCredentials localIce() {
        return new IceCredentials(localIce.ufrag(), localIce.password());
    }

    @Override
    public String localFingerprint() {
        return peers.dtls().localFingerprint().toString();
    }

    @Override
    public List<String> localCandidates() {
        return peers.candidates();
    }

    /** {@inheritDoc} A fingerprint that cannot be read fails the transport. */
    @Override
    public void remote(IceCredentials remote, String fingerprint, boolean weAreClient) {
        if (isFinal()) {
            return;
        }
        Optional<Fingerprint> read = Fingerprint.parse(fingerprint);
        if (read.isEmpty() || !Credentials.isUfrag(remote.ufrag())) {
            fail();
            return;
        }
        if (!remote.equals(remoteIce)) {
            remoteIce = remote;
            ice.remoteUfrag(remote.ufrag());
        }
        if (dtls == null) { // what was negotiated once stays: RFC 8842 section 4
            remoteFingerprint = read.get();
            weAreDtlsClient = weAreClient;
            beginIfClient();
        }
    }

    private void beginIfClient() {
        if (weAreDtlsClient && target() != null && dtls == null && remoteFingerprint != null) {
            openDtls();
        }
    }

    /** ICE has a path now, or another one. */
    void pathChosen() {
        beginIfClient();
    }

    @Override
    public void restartIce() {
        if (isFinal()) {
            return;
        }
        Credentials fresh = peers.newCredentials(this);
        localIce = fresh;
        remoteIce = null;
        ice.restart(fresh);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        end();
        become(State.CLOSED);
    }

    private void fail() {
        end();
        become(State.FAILED);
    }

    private boolean isFinal() {
        return state == State.FAILED || state == State.CLOSED;
    }

    private void end() {
        DtlsSession open = dtls;
        dtls = null;
        if (open != null) {
            open.close(); // its last words still find their way
        }
        srtp = null;
        peers.unbind(this);
    }

    private void become(State next) {
        state = next;
        if (media != null) {
            media.transport(next);
        }
        listener.onState(this, next);
    }

    // ---- for the room and the loop

    @Override
    public void media(MediaReceiver receiver) {
        media = receiver;
    }

    @Override
    public DatagramSink sink() {
        return peers.sink();
    }

    @Override
    public Drop.Counters drops() {
        return peers.drops();
    }

    boolean knows(Route route) {
        return ice.knows(route);
    }

    /** Whether this route is in use here and was checked within the last seconds. */
    boolean livesOn(Route route, long nowNs) {
        long lastCheckNs = ice.deadlineNs() - IceLiteAgent.CONSENT_NS;
        return route.equals(ice.selected()) && nowNs - lastCheckNs < FRESH_NS;
    }

    /** The route is another peer's now. */
    void lost(Route route) {
        ice.forget(route);
        if (route.equals(heardFrom)) {
            heardFrom = null;
        }
    }

    /** When {@link #poll} is due. */
    long deadlineNs() {
        return isFinal() ? Long.MAX_VALUE : Math.min(ice.deadlineNs(), life.deadlineNs());
    }

    void poll(long nowNs) {
        if (!isFinal() && ice.expired(nowNs)) {
            fail(); // RFC 7675 section 5.1: not another datagram there
        } else if (!isFinal() && life.takeSilence(nowNs)) {
            listener.onSilence(this);
        }
    }

    /** For an operator: no addresses, no credentials. */
    public String describe() {
        return "peer " + state + ", path " + (ice.selected() != null ? "chosen" : "not chosen") + ", packets in "
                + packetsIn + " out " + packetsOut;
    }
}
