/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.MinExpiresHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.Digest;
import org.plenum.sip.call.Digest.Challenge;
import org.plenum.sip.call.Registering;
import org.plenum.sip.call.Trunk;

/** Keeps one trunk registered, at the best of its registrars that answers. On the {@link CallLoop}. */
final class Registrar {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final long BACK_TO_BEST_NS = 300_000_000_000L;

    private final CallLoop loop;
    private final SipProvider provider;
    private final Trunk trunk;
    private final Trunk.Registration registration;
    private final Registering registering;
    private final Outbound outbound;
    private List<Targets.Target> targets = List.of();
    private int target;
    private long askedNs;
    private boolean asking;
    private boolean waits; // for an answer

    Registrar(CallLoop loop, SipProvider provider, Trunk trunk, long nowNs) {
        this.loop = loop;
        this.provider = provider;
        this.trunk = trunk;
        registration = trunk.registration().orElseThrow();
        registering = new Registering(registration, nowNs);
        outbound = new Outbound(loop, provider);
    }

    void poll(long nowNs) {
        if (waits || asking || !registering.isDue(nowNs)) {
            return;
        }
        boolean again = targets.isEmpty() || nowNs - askedNs > BACK_TO_BEST_NS;
        if (!again) {
            send(registering.expires());
            return;
        }
        asking = loop.slowly(() -> {
            List<Targets.Target> found = Targets.of(registration.registrar(), registration.transport());
            loop.post(() -> {
                asking = false;
                askedNs = System.nanoTime();
                targets = found;
                target = 0;
                send(registering.expires());
            });
        });
        if (!asking) {
            registering.failed(nowNs);
        }
    }

    Trunk trunk() {
        return trunk;
    }

    boolean isRegistered() {
        return registering.isRegistered();
    }

    /** At the end of the server; nobody waits for the answer. */
    void unregister() {
        if (registering.isRegistered()) {
            send(0);
        }
    }

    private void send(int expires) {
        try {
            Targets.Target next = targets.get(target);
            waits = true;
            outbound.send(request(expires, next), next, new SipFront.Awaiting() {
                @Override
                public void answered(Response response) {
                    loop.post(() -> Registrar.this.answered(response, next, System.nanoTime()));
                }

                @Override
                public void timedOut() {
                    loop.post(() -> after(registering.failed(System.nanoTime())));
                }
            });
        } catch (ParseException | InvalidArgumentException failed) {
            LOG.log(Level.DEBUG, "a registration could not be sent", failed);
            after(registering.failed(System.nanoTime()));
        }
    }

    private Request request(int expires, Targets.Target next) throws ParseException, InvalidArgumentException {
        AddressFactory addresses = loop.messages().addresses();
        HeaderFactory headers = loop.messages().headers();
        SipURI domain = addresses.createSipURI(null, registration.domain());
        Address self = addresses.createAddress(
                addresses.createSipURI(registration.credentials().user(), registration.domain()));
        Request request = outbound.request(Request.REGISTER, domain, self, next);
        ContactHeader contact =
                loop.messages().contact(registration.credentials().user(), provider);
        contact.setExpires(expires);
        request.addHeader(contact);
        request.addHeader(headers.createExpiresHeader(expires));
        loop.messages().addAllow(request);
        if (registering.challenge().isPresent()) {
            request.addHeader(proof(registering.challenge().get(), domain.toString()));
        }
        return request;
    }

    private AuthorizationHeader proof(Challenge challenge, String uri) throws ParseException {
        String count = "%08x".formatted(registering.nextCount());
        String clientNonce = Outbound.random(8);
        AuthorizationHeader header = loop.messages().headers().createAuthorizationHeader("Digest");
        header.setUsername(registration.credentials().user());
        header.setRealm(challenge.realm());
        header.setNonce(challenge.nonce());
        header.setURI(loop.messages().addresses().createURI(uri));
        header.setResponse(
                Digest.response(challenge, registration.credentials(), Request.REGISTER, uri, count, clientNonce));
        if (!challenge.algorithm().isEmpty()) {
            header.setAlgorithm(challenge.algorithm());
        }
        if (Digest.offersAuth(challenge.qop())) {
            header.setQop("auth");
            header.setCNonce(clientNonce);
            header.setNonceCount(Integer.parseInt(count, 16));
        }
        if (challenge.opaque().isPresent()) {
            header.setOpaque(challenge.opaque().get());
        }
        return header;
    }

    private void answered(Response response, Targets.Target from, long nowNs) {
        if (!outbound.speaksWith(registration.domain(), from.host())) {
            LOG.log(
                    Level.WARNING,
                    () -> "trunk " + trunk.name() + ": the registrar's certificate names neither " + from.host()
                            + " nor " + registration.domain());
            after(registering.failed(nowNs));
            return;
        }
        boolean before = registering.isRegistered();
        after(
                switch (response.getStatusCode()) {
                    case Response.OK -> registering.accepted(granted(response), nowNs);
                    case Response.UNAUTHORIZED, Response.PROXY_AUTHENTICATION_REQUIRED -> challenged(response, nowNs);
                    case Response.INTERVAL_TOO_BRIEF -> registering.tooBrief(leastExpires(response), nowNs);
                    default -> registering.failed(nowNs);
                });
        if (before != registering.isRegistered()) {
            LOG.log(
                    Level.INFO,
                    () -> "trunk " + trunk.name()
                            + (registering.isRegistered()
                                    ? " is registered"
                                    : " is not registered any more: " + response.getStatusCode()));
        }
    }

    private Registering.Step challenged(Response response, long nowNs) {
        List<Challenge> challenges = new ArrayList<>();
        boolean stale = false;
        for (String name : List.of(WWWAuthenticateHeader.NAME, ProxyAuthenticateHeader.NAME)) {
            for (Iterator<?> each = response.getHeaders(name); each.hasNext(); ) {
                WWWAuthenticateHeader header = (WWWAuthenticateHeader) each.next();
                if ("digest".equals(header.getScheme().toLowerCase(Locale.ROOT))) {
                    stale |= header.isStale();
                    challenges.add(new Challenge(
                            text(header.getRealm()),
                            text(header.getNonce()),
                            text(header.getAlgorithm()),
                            text(header.getQop()),
                            Optional.ofNullable(header.getOpaque())));
                }
            }
        }
        Registering.Step step = registering.challenged(challenges, stale, nowNs);
        if (step != Registering.Step.AGAIN) {
            LOG.log(
                    Level.WARNING,
                    () -> "trunk " + trunk.name() + ": a challenge was not answered; its realm or algorithm is not the"
                            + " trunk's, or the password is wrong");
        }
        return step;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static int granted(Response response) {
        ContactHeader contact = (ContactHeader) response.getHeader(ContactHeader.NAME);
        if (contact != null && contact.getExpires() > 0) {
            return contact.getExpires();
        }
        ExpiresHeader expires = response.getExpires();
        return expires == null ? 0 : expires.getExpires();
    }

    private static int leastExpires(Response response) {
        MinExpiresHeader least = (MinExpiresHeader) response.getHeader(MinExpiresHeader.NAME);
        return least == null ? 0 : least.getExpires();
    }

    private void after(Registering.Step step) {
        waits = false;
        switch (step) {
            case AGAIN -> send(registering.expires());
            case ELSEWHERE -> target = targets.isEmpty() ? 0 : (target + 1) % targets.size();
            case WAIT -> {} // until it is due
        }
    }
}
