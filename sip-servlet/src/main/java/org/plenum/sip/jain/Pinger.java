/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.plenum.sip.call.Trunk;

/**
 * Asks a trunk every 30 s whether it is there (OPTIONS, RFC 3261 section 11): keeps addresses translated and connections open on the way, and
 * tells operators. Any answer will do. On the {@link CallLoop}.
 */
final class Pinger {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final long INTERVAL_NS = 30_000_000_000L;
    private static final long TARGETS_NS = 300_000_000_000L;

    private final CallLoop loop;
    private final Trunk trunk;
    private final String whom;
    private final String transport;
    private final Outbound outbound;
    private List<Targets.Target> targets = List.of();
    private int target;
    private long askedNs;
    private long nextNs;
    private boolean waits; // for an answer, or for DNS
    private boolean reachable = true; // until it turns out otherwise

    Pinger(CallLoop loop, SipProvider provider, Trunk trunk, String whom, long nowNs) {
        this.loop = loop;
        this.trunk = trunk;
        this.whom = whom;
        transport = provider.getListeningPoints()[0].getTransport();
        outbound = new Outbound(loop, provider);
        nextNs = nowNs;
    }

    Trunk trunk() {
        return trunk;
    }

    boolean isReachable() {
        return reachable;
    }

    void poll(long nowNs) {
        if (waits || nextNs - nowNs > 0) {
            return;
        }
        nextNs = nowNs + INTERVAL_NS;
        if (!targets.isEmpty() && nowNs - askedNs < TARGETS_NS) {
            ask();
            return;
        }
        waits = loop.slowly(() -> {
            List<Targets.Target> found = Targets.of(whom, transport);
            loop.post(() -> {
                waits = false;
                askedNs = System.nanoTime();
                targets = found;
                target = 0;
                ask();
            });
        });
    }

    private void ask() {
        try {
            Targets.Target next = targets.get(target);
            SipURI uri = loop.messages().addresses().createSipURI(null, next.host());
            Request request = outbound.request(
                    Request.OPTIONS, uri, loop.messages().addresses().createAddress(uri), next);
            waits = true;
            outbound.send(request, next, new SipFront.Awaiting() {
                @Override
                public void answered(Response response) {
                    loop.post(() -> found(true));
                }

                @Override
                public void timedOut() {
                    loop.post(() -> found(false));
                }
            });
        } catch (ParseException | InvalidArgumentException failed) {
            LOG.log(Level.DEBUG, "a trunk could not be asked", failed);
            found(false);
        }
    }

    private void found(boolean answers) {
        waits = false;
        if (!answers) {
            target = (target + 1) % targets.size();
        }
        if (reachable != answers) {
            reachable = answers;
            LOG.log(
                    answers ? Level.INFO : Level.WARNING,
                    () -> "trunk " + trunk.name() + (answers ? " answers again" : " does not answer"));
        }
    }
}
