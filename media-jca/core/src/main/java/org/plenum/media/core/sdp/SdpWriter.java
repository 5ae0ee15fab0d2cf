/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;

/**
 * Writes a description the way browsers expect it (RFC 8829 section 5.2, 5.3). Every section repeats the transport, which RFC
 * 9143 permits and every client takes; candidates stand in the first section of the BUNDLE group only.
 */
public final class SdpWriter {
    private static final int MAX_MESSAGE_SIZE = 65_536; // RFC 8841 section 6.1; 0 would mean without limit

    private final StringBuilder out = new StringBuilder(2048);
    private final SessionDescription description;

    private SdpWriter(SessionDescription description) {
        this.description = description;
    }

    /** @return the text; {@link SdpParser#parse} gives the same description again */
    public static String write(SessionDescription description) {
        SdpWriter writer = new SdpWriter(description);
        writer.session();
        boolean first = true;
        for (MediaSection section : description.sections()) {
            boolean tagged = description.bundle().isEmpty()
                    ? first
                    : description.bundle().get(0).equals(section.mid());
            writer.section(section, tagged);
            first = false;
        }
        return writer.out.toString();
    }

    private void session() {
        line("v=0");
        line("o=- " + Long.toUnsignedString(description.sessionId()) + " "
                + Long.toUnsignedString(description.version()) + " IN IP4 127.0.0.1");
        line("s=-");
        line("t=0 0");
        if (description.iceLite()) {
            line("a=ice-lite");
        }
        if (!description.bundle().isEmpty()) {
            line("a=group:BUNDLE " + String.join(" ", description.bundle()));
        }
        if (description.extmapAllowMixed()) {
            line("a=extmap-allow-mixed");
        }
    }

    private void section(MediaSection section, boolean tagged) {
        boolean data = section.kind() == MediaKind.APPLICATION;
        StringBuilder formats = new StringBuilder();
        section.codecs().forEach(c -> formats.append(' ').append(c.payloadType()));
        line("m=" + section.kind().word() + " " + section.port()
                + (data ? " UDP/DTLS/SCTP webrtc-datachannel" : " UDP/TLS/RTP/SAVPF" + formats));
        line("c=IN IP4 0.0.0.0");
        line("a=mid:" + section.mid());
        if (section.bundleOnly()) {
            line("a=bundle-only");
        }
        if (!section.stopped() || tagged) {
            transport(tagged);
        }
        if (data) {
            if (section.sctpPort() != 0) {
                line("a=sctp-port:" + section.sctpPort());
                line("a=max-message-size:" + MAX_MESSAGE_SIZE);
            }
            return;
        }
        media(section);
    }

    private void transport(boolean withCandidates) {
        TransportDescription transport = description.transport();
        line("a=ice-ufrag:" + transport.ufrag());
        line("a=ice-pwd:" + transport.password());
        line("a=ice-options:trickle"); // we take the client's candidates one by one (RFC 8838)
        line("a=fingerprint:" + transport.fingerprint());
        line("a=setup:" + transport.setup().word());
        if (withCandidates) {
            transport.candidates().forEach(c -> line("a=candidate:" + c));
            if (transport.complete()) {
                line("a=end-of-candidates");
            }
        }
    }

    private void media(MediaSection section) {
        line("a=" + section.direction().word());
        if (section.rtcpMux()) {
            line("a=rtcp-mux");
            line("a=rtcp-rsize");
        }
        section.msid().ifPresent(m -> line(("a=msid:" + m.stream() + " " + m.track()).trim()));
        section.codecs().forEach(this::codec);
        for (Extmap e : section.extensions()) {
            String direction = e.direction() == Direction.SENDRECV
                    ? ""
                    : "/" + e.direction().word();
            line("a=extmap:" + e.id() + direction + " " + e.uri());
        }
        for (SourceGroup group : section.groups()) {
            List<String> ssrcs = group.ssrcs().stream().map(String::valueOf).toList();
            line("a=ssrc-group:" + group.semantics() + " " + String.join(" ", ssrcs));
        }
        for (Source source : section.sources()) {
            line("a=ssrc:" + source.ssrc() + " cname:" + source.cname());
            if (!source.msid().isEmpty()) {
                line("a=ssrc:" + source.ssrc() + " msid:" + source.msid());
            }
        }
        section.rids().forEach(r -> line("a=rid:" + r.id() + (r.send() ? " send" : " recv")));
        section.simulcast().ifPresent(s -> line("a=simulcast:" + simulcast(s)));
    }

    private void codec(Codec codec) {
        if (!codec.name().isEmpty()) {
            String channels = codec.channels() == 1 ? "" : "/" + codec.channels();
            line("a=rtpmap:" + codec.payloadType() + " " + codec.name() + "/" + codec.clockRate() + channels);
        }
        codec.feedback().forEach(f -> line("a=rtcp-fb:" + codec.payloadType() + " " + f));
        if (!codec.format().isEmpty()) {
            line("a=fmtp:" + codec.payloadType() + " " + codec.format());
        }
    }

    private static String simulcast(Simulcast simulcast) {
        String send = simulcast.send().isEmpty() ? "" : "send " + SimulcastLine.text(simulcast.send());
        String receive = simulcast.receive().isEmpty() ? "" : "recv " + SimulcastLine.text(simulcast.receive());
        return (send + " " + receive).trim();
    }

    private void line(String text) {
        out.append(text).append("\r\n");
    }
}
