/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import gov.nist.javax.sip.stack.SIPTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sdp.SdpException;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.conference.phone.EndedCall;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.PeerKind;
import org.plenum.media.api.RemovalReason;
import org.plenum.media.api.TrackSource;
import org.plenum.sip.call.CallActions;
import org.plenum.sip.call.CallSettings;
import org.plenum.sip.call.Caller;
import org.plenum.sip.call.CallerName;
import org.plenum.sip.call.Conference;
import org.plenum.sip.call.Description;
import org.plenum.sip.call.Entries;
import org.plenum.sip.call.Negotiation;
import org.plenum.sip.call.Prompt;
import org.plenum.sip.call.Protection;
import org.plenum.sip.call.SessionTimer;
import org.plenum.sip.call.SipCall;
import org.plenum.sip.call.SipCall.Exit;
import org.plenum.sip.call.SipCall.Verdict;
import org.plenum.sip.call.Trunk;
import org.plenum.sip.media.Leg;
import org.plenum.sip.media.LegListener;
import org.plenum.sip.media.LegParameters;

/**
 * One call: ties the SIP dialog, the sound, the menu and the seat in the conference together, and lets go of all of them in one place,
 * {@link #release}, whatever ends it. On the {@link CallLoop}, but for what the media and the conference call.
 */
final class PhoneLine implements CallActions, LegListener, Conference.Guest {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final long SECOND = 1_000_000_000L;
    private static final long ACK_NS = 32 * SECOND;
    private static final long SILENCE_NS = 60 * SECOND;

    /** An INVITE that is to be answered. */
    record Invitation(SipProvider provider, ServerTransaction transaction, Dialog dialog, Trunk trunk, Caller caller) {
        /** Of the announcements. */
        String language() {
            return trunk.language(caller.dialled());
        }

        /** Whether it came over TLS, whatever its Via says. */
        boolean isConfidential() {
            return transaction instanceof SIPTransaction channel && "TLS".equalsIgnoreCase(channel.getTransport());
        }
    }

    private final CallLoop loop;
    private final Invitation invitation;
    private final SipCall call;
    private final Instant started;
    private final Entries.Place entryPlace;
    private Leg leg;
    private final SoundSession sound;
    private boolean begun;
    private boolean released;
    private long ackBy = Long.MAX_VALUE;
    private Optional<SessionTimer> timer = Optional.empty();
    private boolean theyUpdate; // their Allow names UPDATE
    private Optional<Conference.Entry> entry = Optional.empty();
    private Conference.Seat seat;
    private MediaRoomId mediaRoom;
    private String identity;
    private String displayName = "";

    PhoneLine(CallLoop loop, Invitation invitation) {
        this.loop = loop;
        this.invitation = invitation;
        this.call = new SipCall(this, new CallSettings(loop.config().startMuted()));
        this.started = loop.clock().instant();
        this.entryPlace = loop.place(invitation.caller().source());
        this.sound = new SoundSession(new Protection(
                invitation.trunk().protection(),
                invitation.trunk().keysInClear() || invitation.isConfidential(),
                loop.random()));
    }

    /** The call takes no place on the way in any more. */
    void leaveEntry() {
        entryPlace.acknowledged();
        entryPlace.entered();
    }

    // ---- the INVITE

    void answer(long nowNs) {
        Request invite = invitation.transaction().getRequest();
        try {
            Optional<Integer> tooShort = SessionHeaders.tooShortInterval(invite);
            if (tooShort.isPresent()) {
                refuse(SessionHeaders.tooSmall(loop.messages(), invite), "interval_too_small");
                return;
            }
            Optional<String> body = Bodies.description(invite);
            if (body.isEmpty()
                    && invite.getContentLength() != null
                    && invite.getContentLength().getContentLength() > 0) {
                Response response = loop.messages().answer(invite, 415, "Unsupported Media Type");
                response.addHeader(loop.messages().headers().createAcceptHeader("application", "sdp"));
                refuse(response, "no_sdp");
                return;
            }
            if (body.isPresent()) {
                if (sound.offered(body.get()) == SoundSession.Outcome.IMPOSSIBLE) {
                    refuse(
                            loop.messages().answer(invite, 488, "Not Acceptable Here"),
                            sound.refusal(invitation.trunk()));
                    return;
                }
            }
            Optional<Leg> opened = loop.media().open(this, place().address(), nowNs);
            if (opened.isEmpty()) {
                refuse(loop.messages().refusal(invite, 503, "Service Unavailable", 10), "no_port");
                return;
            }
            leg = opened.get();
            accept(invite, nowNs);
        } catch (SdpException unreadable) {
            refuseQuietly(invite, 400, "Bad Session Description");
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException odd) {
            LOG.log(Level.DEBUG, "an INVITE could not be answered", odd);
            refuseQuietly(invite, 400, "Bad Request");
        }
    }

    private void accept(Request invite, long nowNs) throws ParseException, SipException, InvalidArgumentException {
        long session = Math.abs((long) invitation.transaction().hashCode()) + 1;
        sound.begin(new Description(session, place().told(), leg.portNumber()));
        sound.agreement().ifPresent(this::use);
        theyUpdate = SessionHeaders.allows(invite, Request.UPDATE);
        timer = SessionHeaders.sessionTimer(invite, nowNs);
        ackBy = nowNs + ACK_NS;
        invitation.transaction().sendResponse(ok(invite, sound.said()));
    }

    private SipConfig.Place place() {
        return loop.messages().place(invitation.provider());
    }

    private Response ok(Request request, String body) throws ParseException, InvalidArgumentException {
        Response response = loop.messages().answer(request, Response.OK, "OK");
        response.addHeader(loop.messages().contact("conference", invitation.provider()));
        loop.messages().addAllow(response);
        loop.messages().addSupported(response);
        if (timer.isPresent()) {
            response.addHeader(SessionHeaders.expires(timer.get(), timer.get().weRefresh() ? "uas" : "uac"));
            response.addHeader(loop.messages().headers().createRequireHeader("timer"));
        }
        if (body != null) {
            loop.messages().setDescription(response, body);
        }
        return response;
    }

    private void refuseQuietly(Request invite, int status, String reason) {
        try {
            refuse(loop.messages().answer(invite, status, reason), "bad_request");
        } catch (ParseException | SipException | InvalidArgumentException | RuntimeException odd) {
            LOG.log(Level.DEBUG, "an INVITE could not be refused", odd);
            release("bad_request");
        }
    }

    private void refuse(Response response, String result) throws SipException, InvalidArgumentException {
        invitation.transaction().sendResponse(response);
        release(result);
    }

    private void use(Negotiation.Agreement agreed) {
        boolean toneKeys = agreed.keyType() < 0 && loop.config().toneKeys();
        leg.use(new LegParameters(
                agreed.codec(),
                agreed.payloadType(),
                agreed.keyType(),
                new InetSocketAddress(agreed.address(), agreed.port()),
                agreed.sending(),
                agreed.receiving(),
                toneKeys,
                invitation.trunk().latching() ? invitation.trunk()::isPeer : address -> false,
                agreed.reportsBeside(),
                sound.protection()));
    }

    // ---- requests within the call

    void request(Request request, ServerTransaction transaction, long nowNs) {
        if (released) {
            answerOrLog(request, transaction, 481, "Call/Transaction Does Not Exist");
            return;
        }
        try {
            switch (request.getMethod()) {
                case Request.ACK -> acknowledged(request, nowNs);
                case Request.BYE -> {
                    transaction.sendResponse(loop.messages().answer(request, Response.OK, "OK"));
                    release("hung_up");
                }
                case Request.INVITE, Request.UPDATE -> renegotiate(request, transaction, nowNs);
                case Request.INFO -> {
                    transaction.sendResponse(loop.messages().answer(request, Response.OK, "OK"));
                    Bodies.key(request).ifPresent(key -> call.key(key, nowNs));
                }
                case Request.OPTIONS -> transaction.sendResponse(loop.messages().abilities(request));
                case Request.PRACK -> transaction.sendResponse(loop.messages().answer(request, Response.OK, "OK"));
                default -> {
                    Response response = loop.messages().answer(request, 405, "Method Not Allowed");
                    loop.messages().addAllow(response);
                    transaction.sendResponse(response);
                }
            }
        } catch (SdpException unreadable) {
            answerOrLog(request, transaction, 400, "Bad Session Description");
        } catch (ParseException | SipException | InvalidArgumentException odd) {
            LOG.log(Level.DEBUG, "a request within a call could not be answered", odd);
        }
    }

    private void answerOrLog(Request request, ServerTransaction transaction, int status, String reason) {
        if (transaction == null) {
            return;
        }
        try {
            transaction.sendResponse(loop.messages().answer(request, status, reason));
        } catch (ParseException | SipException | InvalidArgumentException odd) {
            LOG.log(Level.DEBUG, "a request within a call could not be refused", odd);
        }
    }

    private void acknowledged(Request ack, long nowNs) throws SdpException {
        ackBy = Long.MAX_VALUE;
        entryPlace.acknowledged();
        if (sound.agreement().isEmpty()) {
            if (!sound.answered(Bodies.description(ack))) {
                hangUp("no_codec");
                return;
            }
            sound.agreement().ifPresent(this::use);
        }
        if (!begun) {
            begun = true;
            call.begin(nowNs);
        }
    }

    /** RFC 3264 section 8: hold, another address or codec, or only a sign of life. */
    private void renegotiate(Request request, ServerTransaction transaction, long nowNs)
            throws ParseException, SipException, InvalidArgumentException, SdpException {
        Optional<Integer> tooShort = SessionHeaders.tooShortInterval(request);
        if (tooShort.isPresent()) {
            transaction.sendResponse(SessionHeaders.tooSmall(loop.messages(), request));
            return;
        }
        Optional<SessionTimer> newer = SessionHeaders.sessionTimer(request, nowNs);
        timer = newer.isPresent() ? newer : timer;
        timer.ifPresent(running -> running.refreshed(nowNs));
        Optional<String> body = Bodies.description(request);
        if (body.isPresent()) {
            SoundSession.Outcome outcome = sound.offered(body.get());
            if (outcome == SoundSession.Outcome.IMPOSSIBLE) {
                transaction.sendResponse(loop.messages().answer(request, 488, "Not Acceptable Here"));
                return;
            }
            if (outcome == SoundSession.Outcome.SOMETHING) {
                sound.agreement().ifPresent(this::use);
            }
        }
        boolean withBody = body.isPresent() || request.getMethod().equals(Request.INVITE);
        transaction.sendResponse(ok(request, withBody ? sound.said() : null));
    }

    void cancel() {
        if (!released
                && TransactionState.PROCEEDING.equals(invitation.transaction().getState())) {
            Request invite = invitation.transaction().getRequest();
            answerOrLog(invite, invitation.transaction(), 487, "Request Terminated");
            release("cancelled");
        }
    }

    // ---- time

    void poll(long nowNs) {
        if (released) {
            return;
        }
        if (ackBy - nowNs <= 0) {
            hangUp("no_ack");
            return;
        }
        boolean silent =
                sound.agreement().filter(Negotiation.Agreement::receiving).isPresent()
                        && nowNs - leg.lastPacketNs() > SILENCE_NS;
        if (silent) {
            hangUp("no_sound");
            return;
        }
        if (timer.isPresent() && timer.get().isDead(nowNs)) {
            hangUp("session_expired");
            return;
        }
        if (timer.isPresent() && timer.get().refreshIsDue(nowNs)) {
            new Refresh(loop, invitation, theyUpdate, sound.said()).send(timer.get(), this::hangUp);
        }
        call.poll(nowNs);
    }

    // ---- what the menu wants done

    @Override
    public void play(Prompt prompt) {
        leg.play(prompt.key(), loop.prompts().samples(invitation.language(), prompt.key()));
    }

    @Override
    public void pause(int milliseconds) {
        leg.pause(milliseconds);
    }

    @Override
    public void hush() {
        leg.hush();
    }

    @Override
    public void check(String id, String pin) {
        Caller caller = invitation.caller();
        if (loop.guard().isBlocked(System.nanoTime(), caller)) {
            loop.post(() -> call.checked(Verdict.BLOCKED, System.nanoTime()));
            return;
        }
        boolean accepted = loop.slowly(() -> {
            Conference.Judgement judgement = loop.conference().judge(id, pin);
            loop.post(() -> judged(judgement));
        });
        if (!accepted) {
            loop.post(() -> call.checked(Verdict.BROKEN, System.nanoTime()));
        }
    }

    private void judged(Conference.Judgement judgement) {
        if (released) {
            return;
        }
        long now = System.nanoTime();
        if (judgement.verdict() == Verdict.WRONG) {
            loop.guard().failed(now, invitation.caller());
            loop.figures().wrongEntry();
        }
        entry = judgement.entry();
        call.checked(judgement.verdict(), now);
    }

    @Override
    public void join() {
        Conference.Entry where = entry.orElseThrow();
        displayName = displayName(where.room());
        boolean accepted = loop.slowly(() -> {
            try {
                Conference.Seat taken = loop.conference().enter(where, displayName, this);
                if (!loop.post(() -> seated(taken))) {
                    taken.leave();
                }
            } catch (RuntimeException unavailable) {
                LOG.log(
                        Level.INFO,
                        "a caller could not enter: " + unavailable.getClass().getSimpleName());
                loop.post(() -> exit(Exit.BROKEN, System.nanoTime()));
            }
        });
        if (!accepted) {
            loop.post(() -> exit(Exit.BROKEN, System.nanoTime()));
        }
    }

    private String displayName(UUID room) {
        return CallerName.of(
                        invitation.caller().number(),
                        loop.config().country(),
                        loop.config().masked())
                .orElseGet(() -> (invitation.language().equals("de") ? "Telefon " : "Phone ") + loop.nextUnknown(room));
    }

    private void seated(Conference.Seat taken) {
        if (released) {
            taken.leave();
        } else {
            seat = taken;
        }
    }

    @Override
    public void enter() {
        if (seat != null) {
            seat.enterRoom();
        }
    }

    @Override
    public void seat(boolean taken) {
        if (!taken) {
            loop.media().leave(leg);
            return;
        }
        loop.media()
                .enter(
                        leg,
                        mediaRoom,
                        new LocalPeerSpec(identity, identity, PeerKind.SIP, Set.of(TrackSource.MICROPHONE)),
                        event -> loop.post(() -> inMediaRoom(event)));
    }

    private void inMediaRoom(LocalPeerEvent event) {
        if (released) {
            return;
        }
        long now = System.nanoTime();
        if (event instanceof LocalPeerEvent.MutedByServer muted && muted.muted()) {
            call.mutedByModerator(now);
        } else if (event instanceof LocalPeerEvent.MayPublish may) {
            call.mayPublish(may.microphone(), now);
        } else if (event instanceof LocalPeerEvent.Removed removed) {
            if (removed.reason() == RemovalReason.FULL) {
                exit(Exit.FULL, now);
            } else if (removed.reason() == RemovalReason.STOPPED) {
                exit(Exit.BROKEN, now);
            } // else the conference says why
        }
    }

    @Override
    public void mute(boolean muted) {
        loop.media().mute(leg, muted);
    }

    @Override
    public void raiseHand(boolean raised) {
        if (seat != null) {
            seat.raiseHand(raised);
        }
    }

    @Override
    public void consent(boolean given) {
        if (seat != null) {
            seat.consent(given);
        }
    }

    @Override
    public void hangUp(String result) {
        if (released) {
            return;
        }
        DialogState state = invitation.dialog().getState();
        if (DialogState.CONFIRMED.equals(state) || begun) {
            try {
                Request bye = invitation.dialog().createRequest(Request.BYE);
                invitation.dialog().sendRequest(invitation.provider().getNewClientTransaction(bye));
            } catch (SipException odd) {
                LOG.log(Level.DEBUG, "a BYE could not be sent", odd);
            }
        } else {
            answerOrLog(invitation.transaction().getRequest(), invitation.transaction(), 503, "Service Unavailable");
        }
        release(result);
    }

    // ---- from the sound, on a media clock

    @Override
    public void key(char key) {
        loop.post(() -> call.key(key, System.nanoTime()));
    }

    @Override
    public void promptsOver() {
        loop.post(() -> call.promptsOver(System.nanoTime()));
    }

    // ---- from the conference, on any thread

    @Override
    public void inWaitingRoom() {
        loop.post(() -> call.waiting(System.nanoTime()));
    }

    @Override
    public void admitted() {
        loop.post(() -> call.admitted(System.nanoTime()));
    }

    @Override
    public void joined(MediaRoomId room, String name, boolean alone, boolean recording) {
        loop.post(() -> {
            if (!released) {
                mediaRoom = room;
                identity = name;
                entryPlace.entered();
                call.joined(alone, recording, System.nanoTime());
            }
        });
    }

    @Override
    public void handLowered() {
        loop.post(() -> call.handLoweredByModerator(System.nanoTime()));
    }

    @Override
    public void recording(boolean running) {
        loop.post(() -> {
            if (running) {
                call.recordingStarted(System.nanoTime());
            } else {
                call.recordingStopped(System.nanoTime());
            }
        });
    }

    @Override
    public void exit(Exit why) {
        loop.post(() -> exit(why, System.nanoTime()));
    }

    private void exit(Exit why, long nowNs) {
        if (!released) {
            call.exit(why, nowNs);
        }
    }

    // ---- the end

    /** Everything a call holds goes here: ports, seats, timers, the dialog's memory of it. */
    void release(String result) {
        if (released) {
            return;
        }
        released = true;
        call.over();
        leaveEntry();
        if (leg != null) {
            loop.media().close(leg, System.nanoTime());
        }
        if (seat != null) {
            seat.leave();
        }
        timer = Optional.empty();
        invitation.dialog().setApplicationData(null);
        loop.ended(
                this,
                new EndedCall(
                        entry.map(Conference.Entry::room),
                        started,
                        loop.clock().instant(),
                        result,
                        CallerName.of(
                                        Optional.of(invitation.caller().dialled()),
                                        loop.config().country(),
                                        loop.config().masked())
                                .orElse(""),
                        displayName));
    }

    @Override
    public String toString() {
        return "(call, " + call.state() + ")";
    }
}
