/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sip.InvalidArgumentException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.RequestPolicy;

/** Builds what we say. The tag of an answer is computed from its request, so that a repeated request gets the same one. Any thread. */
final class Messages {
    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final AddressFactory addresses;
    private final List<SipConfig.Place> places;
    private final int port;
    private final int tlsPort;
    private final SecretKeySpec tagKey;

    Messages(SipFactory factory, SipConfig config) throws PeerUnavailableException {
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        addresses = factory.createAddressFactory();
        places = config.places();
        port = config.port();
        tlsPort = config.tls().map(SipConfig.Tls::port).orElse(port);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        tagKey = new SecretKeySpec(key, "HmacSHA256");
    }

    HeaderFactory headers() {
        return headers;
    }

    AddressFactory addresses() {
        return addresses;
    }

    MessageFactory factory() {
        return messages;
    }

    /** @param reason replaces the stack's own words, which may hold its inner life */
    Response answer(Request request, int status, String reason) throws ParseException {
        Response response = messages.createResponse(status, request);
        response.setReasonPhrase(reason);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null && status > Response.TRYING) {
            to.setTag(tag(request));
        }
        return response;
    }

    Response refusal(Request request, int status, String reason, int retryAfterSeconds)
            throws ParseException, InvalidArgumentException {
        Response response = answer(request, status, reason);
        response.addHeader(headers.createRetryAfterHeader(retryAfterSeconds));
        return response;
    }

    /** RFC 3261 section 11.2. */
    Response abilities(Request request) throws ParseException {
        Response response = answer(request, Response.OK, "OK");
        addAllow(response);
        response.addHeader(headers.createAcceptHeader("application", "sdp"));
        addSupported(response);
        return response;
    }

    void addAllow(Message message) throws ParseException {
        for (String method : RequestPolicy.ALLOWED) {
            message.addHeader(headers.createAllowHeader(method));
        }
    }

    void addSupported(Message message) throws ParseException {
        message.addHeader(headers.createSupportedHeader(String.join(", ", RequestPolicy.SUPPORTED)));
    }

    void addUnsupported(Message message, List<String> tags) throws ParseException {
        for (String tag : tags) {
            message.addHeader(headers.createUnsupportedHeader(tag));
        }
    }

    /** Which address of this machine a provider serves; each serves one, over one transport. */
    SipConfig.Place place(SipProvider provider) {
        String own = provider.getListeningPoints()[0].getIPAddress();
        return places.stream()
                .filter(place -> place.bind().equals(own))
                .findFirst()
                .orElse(places.get(0));
    }

    /** Where requests find us: at the address and over the transport of this provider. */
    ContactHeader contact(String user, SipProvider provider) throws ParseException {
        String transport = provider.getListeningPoints()[0].getTransport().toLowerCase(Locale.ROOT);
        SipURI uri = addresses.createSipURI(user, place(provider).told());
        uri.setPort(transport.equalsIgnoreCase("tls") ? tlsPort : port);
        if (!transport.equalsIgnoreCase("udp")) {
            uri.setTransportParam(transport);
        }
        Address address = addresses.createAddress(uri);
        return headers.createContactHeader(address);
    }

    void setDescription(Message message, String description) throws ParseException {
        message.setContent(description, headers.createContentTypeHeader("application", "sdp"));
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
}
