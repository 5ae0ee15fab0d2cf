/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plenum.media.core.sdp.SdpException.Reason;

/** Collects the transport attributes of a section, or of the session for all sections. */
final class TransportParser {
    private String ufrag;
    private String password;
    private String fingerprint;
    private Setup setup;
    private final List<String> candidates = new ArrayList<>();
    private boolean complete;

    /** Takes an attribute when it is one of the transport's; ignores all others. */
    void attribute(String name, String value, int line) throws SdpException {
        switch (name) {
            case "ice-ufrag" -> ufrag = SdpText.ice(value, 4, line);
            case "ice-pwd" -> password = SdpText.ice(value, 22, line);
            case "fingerprint" -> {
                String next = SdpText.fingerprint(value, line);
                if (fingerprint == null || next.startsWith("sha-256 ")) { // there may be several; we compute SHA-256
                    fingerprint = next;
                }
            }
            case "setup" -> setup = setup(value.trim(), line);
            case "candidate" -> {
                if (candidates.size() == SdpLimits.CANDIDATES) {
                    throw new SdpException(Reason.TOO_MANY_CANDIDATES, line);
                }
                candidates.add(value);
            }
            case "end-of-candidates" -> complete = true;
            default -> {}
        }
    }

    /** @param session what holds for the section unless it says otherwise */
    TransportDescription finish(TransportParser session) throws SdpException {
        String name = ufrag != null ? ufrag : session.ufrag;
        String secret = password != null ? password : session.password;
        if (name == null || secret == null) {
            throw new SdpException(Reason.MISSING_ICE, 0);
        }
        String hash = fingerprint != null ? fingerprint : session.fingerprint;
        if (hash == null) {
            throw new SdpException(Reason.MISSING_FINGERPRINT, 0);
        }
        Setup role = setup != null ? setup : session.setup;
        return new TransportDescription(
                name, secret, hash, role == null ? Setup.ACTPASS : role, candidates, complete || session.complete);
    }

    private static Setup setup(String value, int line) throws SdpException {
        for (Setup setup : Setup.values()) {
            if (setup.word().equals(value.toLowerCase(Locale.ROOT))) {
                return setup;
            }
        }
        throw new SdpException(Reason.INVALID_TOKEN, line); // holdconn has no meaning in WebRTC
    }
}
