/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way into the telephone network.
 *
 * @param name in the settings
 * @param peers whose requests are its requests
 * @param latching whether sound may come from another port of the peer, for one behind address translation
 * @param language of the prompts, de or en
 * @param languages by the number that was called, where it is another one
 * @param ping whom to ask every 30 s whether he is there: host, or host and port; absent: the registrar, if there is one
 * @param keysInClear whether keys of SRTP may stand in session descriptions that are not sent over TLS
 */
public record Trunk(
        String name,
        List<AddressRange> peers,
        boolean latching,
        String language,
        Map<String, String> languages,
        Optional<String> ping,
        Optional<Registration> registration,
        Protection.Policy protection,
        boolean keysInClear) {
    public Trunk {
        peers = List.copyOf(peers);
        languages = Map.copyOf(languages);
    }

    /** @param dialled the number of ours that was called */
    public String language(String dialled) {
        return languages.getOrDefault(dialled, language);
    }

    /**
     * How it is told where we are.
     *
     * @param registrar host, or host and port; a host without port is looked up as SRV
     * @param domain of the address of record
     * @param expires seconds to ask for
     */
    public record Registration(
            String registrar, String transport, String domain, int expires, Digest.Credentials credentials) {}

    public boolean isPeer(InetAddress address) {
        return peers.stream().anyMatch(range -> range.contains(address));
    }
}
