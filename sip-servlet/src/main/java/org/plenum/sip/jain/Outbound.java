/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
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
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_FORWARDS = 70;

    private final CallLoop loop;
    private final Messages messages;
    private final SipProvider provider;
    private final CallIdHeader callId;
    private final String tag = random(8);
    private long sequence;
    private TlsConnection connection; // of the last request

    Outbound(CallLoop loop, SipProvider provider) {
        this.loop = loop;
        messages = loop.messages();
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

    /** Sends it; the one who waits is told on the stack's thread, or on another one, but not before this returns. */
    void send(Request request, Targets.Target next, SipFront.Awaiting awaiting) {
        if (!isTls()) {
            transmit(request, awaiting);
            return;
        }
        boolean accepted = loop.slowly(() -> {
            try {
                TlsConnection opened = TlsConnection.open(
                        provider.getListeningPoints()[0], InetAddress.getByName(next.host()), next.port());
                loop.post(() -> {
                    connection = opened;
                    transmit(request, awaiting);
                });
            } catch (IOException nobody) {
                awaiting.timedOut();
            }
        });
        if (!accepted) {
            loop.post(awaiting::timedOut);
        }
    }

    private void transmit(Request request, SipFront.Awaiting awaiting) {
        try {
            ClientTransaction transaction = provider.getNewClientTransaction(request);
            transaction.setApplicationData(awaiting);
            transaction.sendRequest();
        } catch (SipException failed) {
            LOG.log(Level.DEBUG, "a request could not be sent", failed);
            loop.post(awaiting::timedOut);
        }
    }

    private boolean isTls() {
        return provider.getListeningPoints()[0].getTransport().equalsIgnoreCase(ListeningPoint.TLS);
    }

    /** Over TLS the certificate has to name the domain or its server: nobody else gets a proof of our password. */
    boolean speaksWith(String domain, String host) {
        return !isTls() || connection != null && connection.isOf(domain, host);
    }
}
