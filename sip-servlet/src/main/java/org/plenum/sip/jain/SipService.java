/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sip.SipException;

/** SIP lives and dies with the deployment. Off unless {@code plenum.sip.enabled} is true. */
@Singleton
@Startup
public class SipService {
    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private SipEndpoint endpoint;

    @PostConstruct
    void start() {
        SipConfig config = SipConfig.from(System.getProperties());
        if (!config.enabled()) {
            LOG.log(Level.INFO, "SIP is off (plenum.sip.enabled)");
            return;
        }
        try {
            endpoint = SipEndpoint.open(config);
            LOG.log(Level.INFO, () -> "SIP listens on port " + config.port() + ", UDP and TCP");
        } catch (SipException failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    @PreDestroy
    void stop() {
        if (endpoint != null) {
            endpoint.close();
            endpoint = null;
        }
    }
}
