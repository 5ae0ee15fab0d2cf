/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects a section while it is read or made. */
final class SectionBuilder {
    final MediaKind kind;
    String mid = "";
    int port;
    boolean bundleOnly;
    Direction direction = Direction.SENDRECV;
    boolean rtcpMux;
    List<Codec> codecs = new ArrayList<>();
    List<Extmap> extensions = new ArrayList<>();
    Optional<Msid> msid = Optional.empty();
    List<Source> sources = new ArrayList<>();
    List<SourceGroup> groups = new ArrayList<>();
    List<Rid> rids = new ArrayList<>();
    Optional<Simulcast> simulcast = Optional.empty();
    int sctpPort;

    SectionBuilder(MediaKind kind, String mid, int port) {
        this.kind = kind;
        this.mid = mid;
        this.port = port;
    }

    MediaSection build() {
        return new MediaSection(
                kind,
                mid,
                port,
                bundleOnly,
                direction,
                rtcpMux,
                codecs,
                extensions,
                msid,
                sources,
                groups,
                rids,
                simulcast,
                sctpPort);
    }
}
