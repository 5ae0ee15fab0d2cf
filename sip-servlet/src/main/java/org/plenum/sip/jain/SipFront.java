/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.Answer;
import org.plenum.sip.call.Rates;
import org.plenum.sip.call.RequestPolicy;
import org.plenum.sip.call.Trunk;

/**
 * Where the stack's events arrive. What is no call is answered without keeping anything: no transaction, no dialog, so a flood of
 * requests leaves nothing behind. Calls go to the {@link CallLoop}.
 */
final class SipFront implements SipListener {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final double CALLS_A_SECOND = 20;
    private static final int RETRY_AFTER_S = 10;

    private final RequestPolicy policy;
    private final List<Trunk> trunks;
    private final Messages messages;
    private final Rates rates = new Rates(CALLS_A_SECOND);
    private final Optional<CallLoop> calls;

    /** @param calls absent: this end answers, but takes no calls */
    SipFront(SipConfig config, Messages messages, Optional<CallLoop> calls) {
        this.messages = messages;
        this.calls = calls;
        trunks = calls.isPresent() ? config.trunks() : List.of();
        policy = new RequestPolicy(config.domains(), !trunks.isEmpty());
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        try {
            Optional<Trunk> trunk = trunk(request);
            Dialog dialog = event.getDialog();
            if (dialog != null && dialog.getApplicationData() instanceof PhoneLine line && trunk.isPresent()) {
                calls.orElseThrow().inCall(line, event);
                return;
            }
            if (request.getMethod().equals(Request.CANCEL) && trunk.isPresent()) {
                calls.orElseThrow().cancelled(event);
                return;
            }
            answer(event, policy.judge(RequestReader.facts(request, trunk.isPresent())), trunk);
        } catch (ParseException
                | SipException
                | InvalidArgumentException
                | UnknownHostException
                | RuntimeException odd) { // the parser lets through what its getters choke on
            LOG.log(
                    Level.DEBUG,
                    () -> "a SIP request was dropped: " + odd.getClass().getSimpleName());
        }
    }

    private Optional<Trunk> trunk(Request request) throws UnknownHostException {
        if (trunks.isEmpty()) {
            return Optional.empty();
        }
        InetAddress source = RequestReader.source(request);
        return trunks.stream().filter(trunk -> trunk.isPeer(source)).findFirst();
    }

    private void answer(RequestEvent event, Answer answer, Optional<Trunk> trunk)
            throws ParseException, SipException, InvalidArgumentException, UnknownHostException {
        Request request = event.getRequest();
        if (answer instanceof Answer.Refusal refusal) {
            Response response = messages.answer(request, refusal.status(), refusal.reason());
            messages.addUnsupported(response, refusal.unsupported());
            if (refusal.allow()) {
                messages.addAllow(response);
            }
            send(event, response);
        } else if (answer instanceof Answer.Abilities) {
            send(event, messages.abilities(request));
        } else if (answer instanceof Answer.Call) {
            call(event, trunk.orElseThrow());
        }
    }

    private void call(RequestEvent event, Trunk trunk)
            throws ParseException, SipException, InvalidArgumentException, UnknownHostException {
        Request request = event.getRequest();
        String source = RequestReader.source(request).getHostAddress();
        CallLoop loop = calls.orElseThrow();
        if (loop.isFull()) {
            send(event, messages.answer(request, Response.BUSY_HERE, "Busy Here"));
        } else if (!rates.take(source, System.nanoTime()) || loop.isOverloaded() || !loop.mayBegin(source)) {
            send(event, messages.refusal(request, Response.SERVICE_UNAVAILABLE, "Service Unavailable", RETRY_AFTER_S));
        } else {
            ServerTransaction transaction = event.getServerTransaction();
            if (transaction == null) {
                transaction = ((SipProvider) event.getSource()).getNewServerTransaction(request);
            }
            Dialog dialog = ((SipProvider) event.getSource()).getNewDialog(transaction);
            transaction.sendResponse(messages.answer(request, Response.TRYING, "Trying"));
            loop.arrived(
                    (SipProvider) event.getSource(), transaction, dialog, trunk, RequestReader.caller(request, source));
        }
    }

    private static void send(RequestEvent event, Response response) throws SipException {
        ((SipProvider) event.getSource()).sendResponse(response);
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction == null || !(transaction.getApplicationData() instanceof Awaiting awaiting)) {
            LOG.log(Level.DEBUG, "a stray SIP response was dropped");
            return;
        }
        if (event.getResponse().getStatusCode() >= 200) {
            awaiting.answered(event.getResponse());
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        failed(event.isServerTransaction() ? null : event.getClientTransaction());
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.log(Level.DEBUG, "a SIP message could not be sent");
    }

    private static void failed(ClientTransaction transaction) {
        if (transaction != null && transaction.getApplicationData() instanceof Awaiting awaiting) {
            awaiting.timedOut();
        }
    }

    /** Who waits for the answer to a request of ours. On the stack's thread: hand over and return. */
    interface Awaiting {
        /** @param response a final one */
        void answered(Response response);

        void timedOut();
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        LOG.log(Level.TRACE, "a SIP transaction ended");
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        if (event.getDialog().getApplicationData() instanceof PhoneLine line) {
            calls.ifPresent(loop -> loop.dialogEnded(line));
        }
    }
}
