/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sip.SipException;
import org.plenum.conference.phone.CallRecords;
import org.plenum.conference.phone.PhoneFigures;
import org.plenum.health.HealthBoard;
import org.plenum.health.HealthBoard.Report;
import org.plenum.media.api.Media;
import org.plenum.sip.conference.LocalConference;
import org.plenum.sip.media.PhoneMedia;
import org.plenum.sip.media.Prompts;
import org.plenum.sip.media.RtpPorts;

/** The telephone side lives and dies with the deployment. Off unless {@code plenum.sip.enabled} is true. */
@Singleton
@Startup
public class SipService {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final String PART = "telephone";
    private static final long PATIENCE_MS = 5000;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService executor;

    @Resource(lookup = Media.JNDI)
    private Media engine;

    @Inject
    private LocalConference conference;

    @EJB
    private CallRecords records;

    @Inject
    private PhoneFigures figures;

    @Inject
    private HealthBoard board;

    private SipEndpoint endpoint;
    private CallLoop loop;
    private PhoneMedia media;

    @PostConstruct
    void start() {
        SipConfig config = SipConfig.from(System.getProperties());
        if (!config.enabled()) {
            LOG.log(Level.INFO, "SIP is off (plenum.sip.enabled)");
            return;
        }
        try {
            if (!config.trunks().isEmpty()) {
                takeCalls(config);
            }
            endpoint = SipEndpoint.open(config, Optional.ofNullable(loop));
            LOG.log(
                    Level.INFO,
                    () -> "SIP listens on port " + config.port() + ", UDP and TCP"
                            + config.tls()
                                    .map(tls -> ", and on port " + tls.port() + ", TLS")
                                    .orElse("") + "; trunks: "
                            + config.trunks().size());
        } catch (SipException failed) {
            stop();
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    private void takeCalls(SipConfig config) {
        SecureRandom random = new SecureRandom();
        RtpPorts ports = new RtpPorts(config.rtpLow(), config.rtpHigh(), random);
        media = new PhoneMedia(engine, ports, random, Runtime.getRuntime().availableProcessors());
        loop = new CallLoop(new CallLoop.Parts(
                config, media, new Prompts(config.prompts()), conference, executor, records::keep, Clock.systemUTC()));
        for (Runnable clock : media.clocks()) {
            threads.newThread(clock).start();
        }
        threads.newThread(loop).start();
        CallLoop ofCalls = loop;
        PhoneMedia ofSound = media;
        figures.come(() -> figuresNow(ofCalls, ofSound));
        board.put(PART, () -> new Report(!ofSound.stands(), ofCalls.figures().gauges()));
    }

    private PhoneFigures.Figures figuresNow(CallLoop ofCalls, PhoneMedia ofSound) {
        SortedMap<String, Long> gauges = new TreeMap<>(ofCalls.figures().gauges());
        gauges.putAll(ofSound.gauges());
        return new PhoneFigures.Figures(ofCalls.figures().counters(), gauges);
    }

    @PreDestroy
    void stop() {
        figures.end();
        board.remove(PART);
        if (loop != null && !loop.close(PATIENCE_MS)) {
            LOG.log(Level.WARNING, "the telephone calls did not end in time");
        }
        if (endpoint != null) {
            endpoint.close();
            endpoint = null;
        }
        if (media != null && !media.close(PATIENCE_MS)) {
            LOG.log(Level.WARNING, "a media clock did not end in time");
        }
        loop = null;
        media = null;
    }
}
