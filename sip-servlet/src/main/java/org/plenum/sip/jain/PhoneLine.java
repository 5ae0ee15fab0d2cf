/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import gov.nist.javax.sip.header.extensions.SessionExpiresHeader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sdp.SdpException;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionState;
import javax.sip.header.AllowHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
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
import org.plenum.sip.call.Negotiation;
import org.plenum.sip.call.Offer;
import org.plenum.sip.call.Prompt;
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
    private static final int LONGEST_KEY_BODY = 200;

    /** An INVITE that is to be answered. */
    record Invitation(SipProvider provider, ServerTransaction transaction, Dialog dialog, Trunk trunk, Caller caller) {}

    private final CallLoop loop;
    private final Invitation invitation;
    private final SipCall call;
    private final Instant started;
    private Leg leg;
    private Description description;
    private Offer lastOffer;
    private Negotiation.Agreement agreement;
    private String lastAnswer;
    private boolean weOffered;
    private boolean begun;
    private boolean released;
    private boolean acknowledged;
    private boolean entered;
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
    }

    // ---- the INVITE

    void answer(long nowNs) {
        Request invite = invitation.transaction().getRequest();
        try {
            Optional<Integer> tooShort = tooShortInterval(invite);
            if (tooShort.isPresent()) {
                Response response = loop.messages().answer(invite, 422, "Session Interval Too Small");
                MinSE least = new MinSE();
                least.setExpires(SessionTimer.LEAST);
                response.addHeader(least);
                refuse(response, "interval_too_small");
                return;
            }
            Optional<String> body = description(invite);
            if (body.isEmpty()
                    && invite.getContentLength() != null
                    && invite.getContentLength().getContentLength() > 0) {
                Response response = loop.messages().answer(invite, 415, "Unsupported Media Type");
                response.addHeader(loop.messages().headers().createAcceptHeader("application", "sdp"));
                refuse(response, "no_sdp");
                return;
            }
            if (body.isPresent()) {
                lastOffer = OfferReader.read(body.get());
                Optional<Negotiation.Agreement> found = Negotiation.of(lastOffer);
                if (found.isEmpty()) {
                    refuse(loop.messages().answer(invite, 488, "Not Acceptable Here"), "no_codec");
                    return;
                }
                agreement = found.get();
            }
            Optional<Leg> opened = loop.media().open(this, nowNs);
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
        description = new Description(session, loop.config().publicAddress(), leg.portNumber());
        weOffered = agreement == null;
        lastAnswer = weOffered ? description.offer() : description.answer(lastOffer, agreement);
        if (!weOffered) {
            use(agreement);
        }
        theyUpdate = allows(invite, Request.UPDATE);
        timer = sessionTimer(invite, nowNs);
        ackBy = nowNs + ACK_NS;
        invitation.transaction().sendResponse(ok(invite, lastAnswer));
    }

    private Response ok(Request request, String body) throws ParseException, InvalidArgumentException {
        Response response = loop.messages().answer(request, Response.OK, "OK");
        response.addHeader(loop.messages().contact("conference", transport()));
        loop.messages().addAllow(response);
        loop.messages().addSupported(response);
        if (timer.isPresent()) {
            response.addHeader(expires(timer.get(), timer.get().weRefresh() ? "uas" : "uac"));
            response.addHeader(loop.messages().headers().createRequireHeader("timer"));
        }
        if (body != null) {
            loop.messages().setDescription(response, body);
        }
        return response;
    }

    private static SessionExpires expires(SessionTimer timer, String refresher)
            throws ParseException, InvalidArgumentException {
        SessionExpires expires = new SessionExpires();
        expires.setExpires(timer.interval());
        expires.setRefresher(refresher);
        return expires;
    }

    private String transport() {
        ViaHeader via = (ViaHeader) invitation.transaction().getRequest().getHeader(ViaHeader.NAME);
        return via.getTransport().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> tooShortInterval(Request request) {
        SessionExpiresHeader expires = (SessionExpiresHeader) request.getHeader(SessionExpiresHeader.NAME);
        return Optional.ofNullable(expires)
                .map(SessionExpiresHeader::getExpires)
                .filter(seconds -> seconds < SessionTimer.LEAST);
    }

    private static Optional<SessionTimer> sessionTimer(Request request, long nowNs) {
        SessionExpiresHeader expires = (SessionExpiresHeader) request.getHeader(SessionExpiresHeader.NAME);
        if (expires == null) {
            return Optional.empty();
        }
        boolean they = "uac".equalsIgnoreCase(expires.getRefresher());
        return Optional.of(new SessionTimer(expires.getExpires(), !they, nowNs));
    }

    private static boolean allows(Request request, String method) {
        for (Iterator<?> each = request.getHeaders(AllowHeader.NAME); each.hasNext(); ) {
            if (((AllowHeader) each.next()).getMethod().equalsIgnoreCase(method)) {
                return true;
            }
        }
        return false;
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

    /** @return the session description of a message, also out of several parts (RFC 2046) */
    private static Optional<String> description(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] body = message.getRawContent();
        if (type == null || body == null || body.length == 0) {
            return Optional.empty();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (is(type, "application", "sdp")) {
            return Optional.of(text);
        }
        String boundary = type.getParameter("boundary");
        if (!type.getContentType().equalsIgnoreCase("multipart") || boundary == null) {
            return Optional.empty();
        }
        for (String part : text.split(Pattern.quote("--" + boundary.replace("\"", "")), -1)) {
            int end = part.indexOf("\r\n\r\n");
            if (end >= 0 && part.substring(0, end).toLowerCase(Locale.ROOT).contains("application/sdp")) {
                return Optional.of(part.substring(end + 4));
            }
        }
        return Optional.empty();
    }

    private static boolean is(ContentTypeHeader type, String main, String sub) {
        return type.getContentType().equalsIgnoreCase(main)
                && type.getContentSubType().equalsIgnoreCase(sub);
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
                agreed.reportsBeside()));
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
                    keyOf(request).ifPresent(key -> call.key(key, nowNs));
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

    private void countAcknowledged() {
        if (!acknowledged) {
            acknowledged = true;
            loop.entries().acknowledged(invitation.caller().source());
        }
    }

    private void countEntered() {
        if (!entered) {
            entered = true;
            loop.entries().entered(invitation.caller().source());
        }
    }

    private void acknowledged(Request ack, long nowNs) throws SdpException {
        ackBy = Long.MAX_VALUE;
        countAcknowledged();
        if (weOffered && agreement == null) {
            Optional<Negotiation.Agreement> found = description(ack).isPresent()
                    ? Negotiation.of(OfferReader.read(description(ack).get()))
                    : Optional.empty();
            if (found.isEmpty()) {
                hangUp("no_codec");
                return;
            }
            agreement = found.get();
            use(agreement);
        }
        if (!begun) {
            begun = true;
            call.begin(nowNs);
        }
    }

    /** RFC 3264 section 8: hold, another address or codec, or only a sign of life. */
    private void renegotiate(Request request, ServerTransaction transaction, long nowNs)
            throws ParseException, SipException, InvalidArgumentException, SdpException {
        Optional<Integer> tooShort = tooShortInterval(request);
        if (tooShort.isPresent()) {
            Response response = loop.messages().answer(request, 422, "Session Interval Too Small");
            MinSE least = new MinSE();
            least.setExpires(SessionTimer.LEAST);
            response.addHeader(least);
            transaction.sendResponse(response);
            return;
        }
        Optional<SessionTimer> newer = sessionTimer(request, nowNs);
        timer = newer.isPresent() ? newer : timer;
        timer.ifPresent(running -> running.refreshed(nowNs));
        Optional<String> body = description(request);
        if (body.isPresent()) {
            Offer offer = OfferReader.read(body.get());
            boolean same = lastOffer != null && offer.equals(lastOffer);
            if (!same) {
                Optional<Negotiation.Agreement> found = Negotiation.of(offer);
                if (found.isEmpty()) {
                    transaction.sendResponse(loop.messages().answer(request, 488, "Not Acceptable Here"));
                    return;
                }
                lastOffer = offer;
                agreement = found.get();
                lastAnswer = description.answer(offer, agreement);
                use(agreement);
            }
        }
        boolean withBody = body.isPresent() || request.getMethod().equals(Request.INVITE);
        transaction.sendResponse(ok(request, withBody ? lastAnswer : null));
    }

    /** Keys by INFO, in the two ways that are about. */
    private static Optional<Character> keyOf(Request info) {
        ContentTypeHeader type = (ContentTypeHeader) info.getHeader(ContentTypeHeader.NAME);
        byte[] body = info.getRawContent();
        if (type == null || body == null || body.length > LONGEST_KEY_BODY) {
            return Optional.empty();
        }
        String text = new String(body, StandardCharsets.US_ASCII);
        String key = "";
        if (is(type, "application", "dtmf-relay")) {
            for (String line : text.split("\\R", -1)) {
                if (line.strip().toLowerCase(Locale.ROOT).startsWith("signal")) {
                    key = line.substring(line.indexOf('=') + 1).strip();
                }
            }
        } else if (is(type, "application", "dtmf")) {
            key = text.strip();
        }
        if (key.equals("10") || key.equals("11")) { // event numbers of star and hash
            key = key.equals("10") ? "*" : "#";
        }
        return key.length() == 1 && "0123456789*#ABCD".contains(key) ? Optional.of(key.charAt(0)) : Optional.empty();
    }

    void cancel(long nowNs) {
        if (!released
                && TransactionState.PROCEEDING.equals(invitation.transaction().getState())) {
            Request invite = invitation.transaction().getRequest();
            answerOrLog(invite, invitation.transaction(), 487, "Request Terminated");
            release("cancelled");
        }
    }

    /** The stack has ended the dialog, or its way is lost. */
    void gone(long nowNs) {
        release("lost");
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
        boolean silent = agreement != null && agreement.receiving() && nowNs - leg.lastPacketNs() > SILENCE_NS;
        if (silent) {
            hangUp("no_sound");
            return;
        }
        if (timer.isPresent() && timer.get().isDead(nowNs)) {
            hangUp("session_expired");
            return;
        }
        if (timer.isPresent() && timer.get().refreshIsDue(nowNs)) {
            refresh();
        }
        call.poll(nowNs);
    }

    /** Only a sign of life: the sound stays as it is. */
    private void refresh() {
        try {
            boolean update = theyUpdate;
            Request request = invitation.dialog().createRequest(update ? Request.UPDATE : Request.INVITE);
            request.addHeader(loop.messages().contact("conference", transport()));
            loop.messages().addSupported(request);
            request.addHeader(expires(timer.orElseThrow(), "uac"));
            if (!update) {
                loop.messages().setDescription(request, lastAnswer);
            }
            ClientTransaction transaction = invitation.provider().getNewClientTransaction(request);
            transaction.setApplicationData(new SipFront.Awaiting() {
                @Override
                public void answered(Response response) {
                    loop.post(() -> refreshed(response, update));
                }

                @Override
                public void timedOut() {
                    loop.post(() -> hangUp("session_expired"));
                }
            });
            invitation.dialog().sendRequest(transaction);
        } catch (ParseException | SipException | InvalidArgumentException odd) {
            LOG.log(Level.DEBUG, "a session could not be refreshed", odd);
        }
    }

    /** A challenge is never answered within a call: who called us has no claim to our password. */
    private void refreshed(Response response, boolean update) {
        int status = response.getStatusCode();
        if (status < 300) {
            timer.ifPresent(running -> running.refreshed(System.nanoTime()));
            if (!update) {
                acknowledgeOwnInvite(response);
            }
        } else if (status == 481 || status == 408) { // RFC 4028 section 10: the call is gone there
            hangUp("session_expired");
        }
    }

    private void acknowledgeOwnInvite(Response response) {
        try {
            long sequence = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getSeqNumber();
            invitation.dialog().sendAck(invitation.dialog().createAck(sequence));
        } catch (SipException | InvalidArgumentException odd) {
            LOG.log(Level.DEBUG, "a refresh could not be acknowledged", odd);
        }
    }

    // ---- what the menu wants done

    @Override
    public void play(Prompt prompt) {
        leg.play(prompt.key(), loop.prompts().samples(invitation.trunk().language(), prompt.key()));
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
                .orElseGet(() ->
                        (invitation.trunk().language().equals("de") ? "Telefon " : "Phone ") + loop.nextUnknown(room));
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
                countEntered();
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
    private void release(String result) {
        if (released) {
            return;
        }
        released = true;
        call.over();
        countAcknowledged();
        countEntered();
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
