/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.PeerUnavailableException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AllowHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.RequireHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.Answer;
import org.plenum.sip.call.RequestFacts;
import org.plenum.sip.call.RequestPolicy;

/**
 * Answers without keeping anything: no transaction, no dialog, so a flood of requests leaves nothing behind. The tag of an
 * answer is computed from the request, which makes a repeated request get the same one (RFC 3261 section 8.2.7).
 */
final class SipAnswers implements SipListener {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private final RequestPolicy policy;
    private final SecretKeySpec tagKey;
    private MessageFactory messages;
    private HeaderFactory headers;

    SipAnswers(RequestPolicy policy) {
        this.policy = policy;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.tagKey = new SecretKeySpec(key, "HmacSHA256");
    }

    /** To be called before the first request can arrive. */
    void serve(SipProvider provider, SipFactory factory) throws PeerUnavailableException {
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        LOG.log(Level.DEBUG, () -> "SIP over " + provider.getListeningPoints()[0].getTransport());
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        try {
            Answer answer = policy.judge(facts(request));
            if (answer instanceof Answer.Refusal refusal) {
                send(event, refused(request, refusal));
            } else if (answer instanceof Answer.Abilities) {
                send(event, abilities(request));
            }
        } catch (ParseException
                | SipException
                | RuntimeException odd) { // the parser lets through what its getters choke on
            LOG.log(
                    Level.DEBUG,
                    () -> "a SIP request was dropped: " + odd.getClass().getSimpleName());
        }
    }

    private static RequestFacts facts(Request request) {
        Optional<String> host = request.getRequestURI() instanceof SipURI uri
                ? Optional.of(uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", ""))
                : Optional.empty();
        List<String> required = new ArrayList<>();
        for (Iterator<?> each = request.getHeaders(RequireHeader.NAME); each.hasNext(); ) {
            required.add(((RequireHeader) each.next()).getOptionTag());
        }
        UserAgentHeader agent = (UserAgentHeader) request.getHeader(UserAgentHeader.NAME);
        return new RequestFacts(
                request.getMethod().toUpperCase(Locale.ROOT),
                request.getRequestURI().getScheme().toLowerCase(Locale.ROOT),
                host,
                ((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null,
                required,
                Optional.ofNullable(agent).map(SipAnswers::product));
    }

    private static String product(UserAgentHeader agent) {
        StringBuilder text = new StringBuilder();
        for (Iterator<?> each = agent.getProduct(); each.hasNext(); ) {
            text.append(each.next()).append(' ');
        }
        return text.toString();
    }

    private Response abilities(Request request) throws ParseException {
        Response response = answer(request, Response.OK, "OK");
        addAllow(response);
        response.addHeader(headers.createAcceptHeader("application", "sdp"));
        response.addHeader(headers.createHeader("Supported", ""));
        return response;
    }

    private Response refused(Request request, Answer.Refusal refusal) throws ParseException {
        Response response = answer(request, refusal.status(), refusal.reason());
        for (String tag : refusal.unsupported()) {
            response.addHeader(headers.createUnsupportedHeader(tag));
        }
        if (refusal.allow()) {
            addAllow(response);
        }
        return response;
    }

    private Response answer(Request request, int status, String reason) throws ParseException {
        Response response = messages.createResponse(status, request);
        response.setReasonPhrase(reason);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null) {
            to.setTag(tag(request));
        }
        return response;
    }

    private void addAllow(Response response) throws ParseException {
        for (String method : RequestPolicy.ALLOWED) {
            AllowHeader allow = headers.createAllowHeader(method);
            response.addHeader(allow);
        }
    }

    private String tag(Request request) {
        try {
            Mac mac = Mac.getInstance(tagKey.getAlgorithm());
            mac.init(tagKey);
            String from = ((FromHeader) request.getHeader(FromHeader.NAME)).getTag();
            String branch = ((ViaHeader) request.getHeader(ViaHeader.NAME)).getBranch();
            long sequence = ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber();
            String callId = ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
            byte[] sum = mac.doFinal(
                    (callId + '\n' + from + '\n' + branch + '\n' + sequence).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (GeneralSecurityException impossible) { // every Java platform has HmacSHA256
            throw new IllegalStateException(impossible);
        }
    }

    private static void send(RequestEvent event, Response response) throws SipException {
        ((SipProvider) event.getSource()).sendResponse(response);
    }

    // nothing below can belong to a request of ours: this end sends none

    @Override
    public void processResponse(ResponseEvent event) {
        LOG.log(Level.DEBUG, "a stray SIP response was dropped");
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        LOG.log(Level.DEBUG, "a SIP transaction timed out");
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.log(Level.DEBUG, "a SIP answer could not be sent");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        LOG.log(Level.TRACE, "a SIP transaction ended");
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        LOG.log(Level.TRACE, "a SIP dialog ended");
    }
}
