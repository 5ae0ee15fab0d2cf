/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.SessionTimer;

/** Our sign of life within a call (RFC 4028 section 7.4). On the {@link CallLoop}. */
final class Refresh {
    private static final Logger LOG = System.getLogger("org.plenum.sip");

    private final CallLoop loop;
    private final PhoneLine.Invitation invitation;
    private final boolean update;
    private final String description;

    /**
     * @param update whether the other side understands UPDATE; else it is a re-INVITE
     * @param description what was agreed last
     */
    Refresh(CallLoop loop, PhoneLine.Invitation invitation, boolean update, String description) {
        this.loop = loop;
        this.invitation = invitation;
        this.update = update;
        this.description = description;
    }

    /** Only a sign of life: the sound stays as it is. */
    void send(SessionTimer timer, Consumer<String> hangUp) {
        try {
            Request request = invitation.dialog().createRequest(update ? Request.UPDATE : Request.INVITE);
            request.addHeader(loop.messages().contact("conference", invitation.provider()));
            loop.messages().addSupported(request);
            request.addHeader(SessionHeaders.expires(timer, "uac"));
            if (!update) {
                loop.messages().setDescription(request, description);
            }
            ClientTransaction transaction = invitation.provider().getNewClientTransaction(request);
            transaction.setApplicationData(new SipFront.Awaiting() {
                @Override
                public void answered(Response response) {
                    loop.post(() -> Refresh.this.answered(response, timer, hangUp));
                }

                @Override
                public void timedOut() {
                    loop.post(() -> hangUp.accept("session_expired"));
                }
            });
            invitation.dialog().sendRequest(transaction);
        } catch (ParseException | SipException | InvalidArgumentException odd) {
            LOG.log(Level.DEBUG, "a session could not be refreshed", odd);
        }
    }

    /** A challenge is never answered within a call: who called us has no claim to our password. */
    private void answered(Response response, SessionTimer timer, Consumer<String> hangUp) {
        int status = response.getStatusCode();
        if (status < 300) {
            timer.refreshed(System.nanoTime());
            if (!update) {
                acknowledgeOwnInvite(response);
            }
        } else if (status == 481 || status == 408) { // RFC 4028 section 10: the call is gone there
            hangUp.accept("session_expired");
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
}
