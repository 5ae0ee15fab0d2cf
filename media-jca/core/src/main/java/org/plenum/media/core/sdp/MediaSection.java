/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One m-section (RFC 8866 section 5.14) of a WebRTC description (RFC 8829).
 *
 * @param port 0 is refused or stopped unless {@code bundleOnly}; else 9 or a real port, which means nothing to us
 * @param codecs in the order of the m-line; empty for APPLICATION
 * @param sctpPort 1 to 65535, or 0 when not given
 */
public record MediaSection(
        MediaKind kind,
        String mid,
        int port,
        boolean bundleOnly,
        Direction direction,
        boolean rtcpMux,
        List<Codec> codecs,
        List<Extmap> extensions,
        Optional<Msid> msid,
        List<Source> sources,
        List<SourceGroup> groups,
        List<Rid> rids,
        Optional<Simulcast> simulcast,
        int sctpPort) {
    /** The name of the codec that carries earlier sound beside the new (RFC 2198). */
    public static final String RED = "red";

    public MediaSection {
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
        sources = List.copyOf(sources);
        groups = List.copyOf(groups);
        rids = List.copyOf(rids);
    }

    /** True when the section is refused or its transceiver has been stopped (RFC 8829 section 5.2.2). */
    public boolean stopped() {
        return port == 0 && !bundleOnly;
    }

    /** @return the rtx codec of a payload type, if there is one (RFC 4588) */
    public Optional<Codec> rtxOf(int payloadType) {
        return codecs.stream().filter(c -> c.repairs() == payloadType).findFirst();
    }

    /** @return the redundant codec that carries nothing but this one (RFC 2198 section 5), if there is one */
    public Optional<Codec> redOf(Codec codec) {
        String itself = String.valueOf(codec.payloadType());
        return codecs.stream()
                .filter(c -> c.is(RED) && c.clockRate() == codec.clockRate() && c.channels() == codec.channels())
                .filter(c -> Arrays.stream(c.format().split("/", -1))
                        .allMatch(type -> type.trim().equals(itself)))
                .findFirst();
    }
}
