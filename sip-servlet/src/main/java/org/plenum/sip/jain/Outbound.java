/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/** Builds the requests that we send outside of calls: REGISTER and OPTIONS, and nothing else. On the {@link CallLoop}. */
final class Outbound {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_FORWARDS = 70;

    private final Messages messages;
    private final SipProvider provider;
    private final CallIdHeader callId;
    private final String tag = random(8);
    private long sequence;

    Outbound(Messages messages, SipProvider provider) {
        this.messages = messages;
        this.provider = provider;
        callId = provider.getNewCallId();
    }

    /** @return hexadecimal digits, two an octet */
    static String random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * A request with everything that every request has.
     *
     * @param uri what it is about
     * @param self From and To
     * @param next where it is sent
     */
    Request request(String method, SipURI uri, Address self, Targets.Target next)
            throws ParseException, InvalidArgumentException {
        HeaderFactory headers = messages.headers();
        ListeningPoint point = provider.getListeningPoints()[0];
        ViaHeader via = headers.createViaHeader(
                point.getIPAddress(), point.getPort(), point.getTransport(), "z9hG4bK" + random(8));
        via.setRPort();
        Request request = messages.factory()
                .createRequest(
                        uri,
                        method,
                        callId,
                        headers.createCSeqHeader(++sequence, method),
                        headers.createFromHeader(self, tag),
                        headers.createToHeader(self, null),
                        new ArrayList<>(List.of(via)),
                        headers.createMaxForwardsHeader(MAX_FORWARDS));
        request.addHeader(route(next));
        return request;
    }

    private RouteHeader route(Targets.Target next) throws ParseException {
        SipURI uri = messages.addresses().createSipURI(null, next.host());
        uri.setPort(next.port());
        uri.setTransportParam(provider.getListeningPoints()[0].getTransport().toLowerCase(Locale.ROOT));
        uri.setLrParam();
        return messages.headers().createRouteHeader(messages.addresses().createAddress(uri));
    }

    /** Sends it; the one who waits is told on the stack's thread. @return the transaction */
    ClientTransaction send(Request request, SipFront.Awaiting awaiting) throws SipException {
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        transaction.setApplicationData(awaiting);
        transaction.sendRequest();
        return transaction;
    }
}
