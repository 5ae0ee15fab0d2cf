/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import gov.nist.javax.sip.header.ims.PAssertedIdentityHeader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderAddress;
import javax.sip.header.RequireHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.plenum.sip.call.Caller;
import org.plenum.sip.call.RequestFacts;

/** Takes out of a request what decides about it. The stack's parser lets odd things through, so anything here may throw. */
final class RequestReader {
    private static final String ANONYMOUS = "anonymous";

    private RequestReader() {}

    static RequestFacts facts(Request request, boolean fromTrunk) {
        Optional<String> host = request.getRequestURI() instanceof SipURI uri
                ? Optional.of(bare(uri.getHost().toLowerCase(Locale.ROOT)))
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
                Optional.ofNullable(agent).map(RequestReader::product),
                fromTrunk);
    }

    private static String bare(String host) {
        return host.replaceAll("^\\[|\\]$", "");
    }

    private static String product(UserAgentHeader agent) {
        StringBuilder text = new StringBuilder();
        for (Iterator<?> each = agent.getProduct(); each.hasNext(); ) {
            text.append(each.next()).append(' ');
        }
        return text.toString();
    }

    /** Where it really came from: the stack notes it in the topmost Via (RFC 3261 section 18.2.1). */
    static InetAddress source(Request request) throws UnknownHostException {
        ViaHeader via = (ViaHeader) request.getHeader(ViaHeader.NAME);
        String address = via.getReceived() == null ? via.getHost() : via.getReceived();
        if (!bare(address).matches("[0-9a-fA-F.:]+")) {
            throw new UnknownHostException("no address in Via");
        }
        return InetAddress.getByName(bare(address));
    }

    static Caller caller(Request request, String source) {
        URI called = request.getRequestURI();
        return new Caller(
                isPrivate(request) ? Optional.empty() : identity(request),
                user(called).orElse(""),
                source);
    }

    /** The network's word before the caller's own. */
    private static Optional<String> identity(Request request) {
        PAssertedIdentityHeader asserted = (PAssertedIdentityHeader) request.getHeader(PAssertedIdentityHeader.NAME);
        HeaderAddress header = asserted != null ? asserted : (FromHeader) request.getHeader(FromHeader.NAME);
        Address address = header.getAddress();
        if (address.getURI() instanceof SipURI uri
                && uri.getHost().toLowerCase(Locale.ROOT).startsWith(ANONYMOUS)) {
            return Optional.empty();
        }
        return user(address.getURI()).filter(user -> !user.equalsIgnoreCase(ANONYMOUS));
    }

    private static Optional<String> user(URI uri) {
        if (uri instanceof SipURI sip) {
            return Optional.ofNullable(sip.getUser());
        }
        if (uri instanceof TelURL tel) {
            return Optional.of((tel.isGlobal() ? "+" : "") + tel.getPhoneNumber());
        }
        return Optional.empty();
    }

    /** RFC 3323, RFC 3325. */
    private static boolean isPrivate(Request request) {
        for (Iterator<?> each = request.getHeaders("Privacy"); each.hasNext(); ) {
            String value = each.next().toString().toLowerCase(Locale.ROOT);
            if (value.matches("(?s)privacy\\s*:.*\\b(id|user|header)\\b.*")) {
                return true;
            }
        }
        return false;
    }
}
