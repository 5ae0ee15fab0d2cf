/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import org.plenum.sip.call.Trunk;

/**
 * The SIP stack with its ports and threads: {@link #open} takes them, {@link #close} gives all of them back. Knows nothing
 * of Jakarta EE.
 */
final class SipEndpoint implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LOGGER = "org.plenum.sip.stack.";
    private static final String SCANNER = "EventScanner";
    private static final String UDP_WORKER = "UDPMessageChannelThread";
    private static final int UDP_WORKERS = 2;
    private final SipStack stack;
    private final List<Thread> scanners;
    private int udpPoints;

    private SipEndpoint(SipStack stack, List<Thread> scanners) {
        this.stack = stack;
        this.scanners = scanners;
    }

    /** @throws SipException when the port is taken or the address is not this machine's; the message names the property */
    static SipEndpoint open(SipConfig config, Optional<CallLoop> calls) throws SipException {
        Set<Thread> before = threadsNow();
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        SipStack stack = factory.createSipStack(settings(config));
        List<Thread> own = newSince(before, SCANNER);
        SipEndpoint endpoint = new SipEndpoint(stack, own);
        try {
            Messages messages = new Messages(factory, config);
            calls.ifPresent(loop -> loop.speaksWith(messages));
            SipFront front = new SipFront(config, messages, calls);
            for (SipConfig.Place place : config.places()) {
                for (String transport : List.of(ListeningPoint.UDP, ListeningPoint.TCP)) {
                    endpoint.listen(place.bind(), config.port(), transport, front);
                }
                if (config.tls().isPresent()) {
                    endpoint.listen(place.bind(), config.tls().get().port(), ListeningPoint.TLS, front);
                }
            }
            stack.start();
            if (calls.isPresent()) {
                endpoint.register(config, calls.get());
            }
            return endpoint;
        } catch (Exception failed) { // half started is worse than not started
            endpoint.close();
            throw new SipException(
                    "SIP cannot have port %d of %s: taken, or not this machine's address (properties %s and %s)"
                            .formatted(
                                    config.port(),
                                    config.places().stream()
                                            .map(SipConfig.Place::bind)
                                            .toList(),
                                    SipConfig.PORT,
                                    SipConfig.BIND_ADDRESS),
                    failed);
        }
    }

    private void listen(String address, int port, String transport, SipFront front) throws Exception {
        SipProvider provider = stack.createSipProvider(stack.createListeningPoint(address, port, transport));
        provider.addSipListener(front);
        if (transport.equals(ListeningPoint.UDP)) {
            awaitUdpWorkers(++udpPoints * UDP_WORKERS);
        }
    }

    private void register(SipConfig config, CallLoop loop) {
        for (Trunk trunk : config.trunks()) {
            trunk.registration().ifPresent(registration -> {
                SipProvider provider = over(registration.transport(), trunk);
                loop.registers(new Registrar(loop, provider, trunk, System.nanoTime()));
            });
            trunk.ping()
                    .or(() -> trunk.registration().map(Trunk.Registration::registrar))
                    .ifPresent(whom -> {
                        String transport = trunk.registration()
                                .map(Trunk.Registration::transport)
                                .orElse(ListeningPoint.UDP);
                        loop.pings(new Pinger(loop, over(transport, trunk), trunk, whom, System.nanoTime()));
                    });
        }
    }

    private SipProvider over(String transport, Trunk trunk) {
        return providers().stream()
                .filter(provider -> provider.getListeningPoint(transport) != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(SipConfig.PREFIX + "trunk." + trunk.name()
                        + ".transport is tls, but there is no " + SipConfig.PREFIX + "tls.keystore"));
    }

    private List<SipProvider> providers() {
        List<SipProvider> providers = new ArrayList<>();
        for (Iterator<?> each = stack.getSipProviders(); each.hasNext(); ) {
            providers.add((SipProvider) each.next());
        }
        return providers;
    }

    private static Properties settings(SipConfig config) {
        Properties settings = new Properties();
        settings.setProperty(
                "javax.sip.STACK_NAME", LOGGER + UUID.randomUUID()); // stacks are found again, and log, by name
        settings.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        settings.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0"); // its traces would hold numbers and addresses
        settings.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "false");
        settings.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "65536");
        settings.setProperty("gov.nist.javax.sip.MAX_CONNECTIONS", "200");
        settings.setProperty("gov.nist.javax.sip.READ_TIMEOUT", "10000");
        settings.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", String.valueOf(UDP_WORKERS));
        settings.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        config.tls().ifPresent(tls -> secure(settings, tls));
        return settings;
    }

    /** The stack's own defaults are cipher suites and protocols that no Java platform offers any more. */
    private static void secure(Properties settings, SipConfig.Tls tls) {
        settings.setProperty(
                "gov.nist.javax.sip.MESSAGE_PROCESSOR_FACTORY",
                "gov.nist.javax.sip.stack.NioMessageProcessorFactory"); // the other one fails on keep-alives over TLS
        settings.setProperty(
                "gov.nist.javax.sip.ENABLED_CIPHER_SUITES",
                "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,"
                        + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        settings.setProperty("gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS", "TLSv1.2,TLSv1.3");
        settings.setProperty("gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE", "Disabled");
        settings.setProperty("javax.net.ssl.keyStore", tls.keyStore());
        settings.setProperty("javax.net.ssl.keyStoreType", "PKCS12");
        settings.setProperty("javax.net.ssl.keyStorePassword", tls.password());
        settings.setProperty("javax.net.ssl.trustStore", tls.trustStore());
        settings.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
        settings.setProperty("javax.net.ssl.trustStorePassword", tls.trustPassword());
    }

    /** Ends within about five seconds; may be called twice. */
    @Override
    public void close() {
        providers().forEach(this::drop);
        List<ListeningPoint> points = new ArrayList<>(); // a copy: the stack changes its own list while deleting
        for (Iterator<?> each = stack.getListeningPoints(); each.hasNext(); ) {
            points.add((ListeningPoint) each.next());
        }
        for (ListeningPoint point : points) {
            try {
                stack.deleteListeningPoint(point);
            } catch (ObjectInUseException stillUsed) {
                LOG.log(Level.DEBUG, "a listening point was still in use; the stop takes it away", stillUsed);
            } catch (RuntimeException neverStarted) {
                // its port was taken: the stack closes a socket that it does not have
                LOG.log(Level.DEBUG, "a listening point had not been opened", neverStarted);
            }
        }
        stack.stop();
        endScanners();
    }

    private void drop(SipProvider provider) {
        try {
            stack.deleteSipProvider(provider);
        } catch (ObjectInUseException stillUsed) {
            LOG.log(Level.DEBUG, "a provider was still in use; the stop takes it away", stillUsed);
        }
    }

    /** The stack leaves its scanner blocked on a queue; without this each redeployment would keep a class loader alive. */
    private void endScanners() {
        try {
            for (Thread scanner : scanners) {
                scanner.interrupt();
                scanner.join(PATIENCE.toMillis());
                if (scanner.isAlive()) {
                    LOG.log(Level.WARNING, "a thread of the SIP stack did not end within 5 s");
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The stack fills its list of UDP workers on a thread of its own and trips over it when it is stopped before: as when the next
     * port is taken. A worker enters the list just after its thread has begun, hence the pause behind the last one.
     */
    private void awaitUdpWorkers(int expected) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean complete = false;
        while (!complete && System.nanoTime() - deadline < 0) {
            complete = udpWorkers() >= expected;
            Thread.sleep(5);
        }
    }

    private long udpWorkers() {
        String name = stack.getStackName() + "-" + UDP_WORKER;
        return threadsNow().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }

    private static List<Thread> newSince(Set<Thread> before, String name) {
        return threadsNow().stream()
                .filter(thread -> thread.getName().contains(name) && !before.contains(thread))
                .toList();
    }

    private static Set<Thread> threadsNow() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }
}
