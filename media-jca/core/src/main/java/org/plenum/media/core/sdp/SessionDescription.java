/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A whole description with one bundled transport. {@link SdpParser} makes it from a client's text, {@link PublisherAnswer} and
 * {@link SubscriberOffer} make ours, {@link SdpWriter} turns it into text. Immutable.
 *
 * @param sessionId and version of the o-line, both unsigned
 * @param bundle mids of the BUNDLE group in order; empty without one
 * @param transport of the section that names the BUNDLE transport (RFC 9143 section 7.2)
 */
public record SessionDescription(
        long sessionId,
        long version,
        boolean iceLite,
        boolean extmapAllowMixed,
        List<String> bundle,
        TransportDescription transport,
        List<MediaSection> sections) {
    public SessionDescription {
        bundle = List.copyOf(bundle);
        sections = List.copyOf(sections);
    }

    public Optional<MediaSection> section(String mid) {
        return sections.stream().filter(s -> s.mid().equals(mid)).findFirst();
    }
}
