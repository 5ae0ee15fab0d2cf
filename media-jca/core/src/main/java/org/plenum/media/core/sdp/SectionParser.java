/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plenum.media.core.sdp.SdpException.Reason;

/** Reads one m-section line by line. */
final class SectionParser {
    private static final List<String> RTP_PROTOCOLS =
            List.of("UDP/TLS/RTP/SAVPF", "TCP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF");
    private static final List<String> SCTP_PROTOCOLS = List.of("UDP/DTLS/SCTP", "TCP/DTLS/SCTP");
    private static final int ONE_BYTE_STOP = 15; // RFC 8285 section 4.2: reserved
    private static final int LARGEST_ID = 255;

    private final int line;
    private final SectionBuilder section;
    private final TransportParser transport = new TransportParser();
    private final Map<Integer, CodecLines> codecs = new LinkedHashMap<>();
    private final List<String> feedbackForAll = new ArrayList<>();
    private final Map<Long, Source> sources = new LinkedHashMap<>();
    private boolean mixed;

    SectionParser(String value, int line) throws SdpException {
        this.line = line;
        String[] words = value.split(" ", -1);
        if (words.length < 4) {
            throw new SdpException(Reason.INVALID_LINE, line);
        }
        MediaKind kind = Arrays.stream(MediaKind.values())
                .filter(k -> k.word().equals(words[0]))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            throw new SdpException(Reason.UNSUPPORTED_MEDIA, line);
        }
        if (!(kind == MediaKind.APPLICATION ? SCTP_PROTOCOLS : RTP_PROTOCOLS).contains(words[2])) {
            throw new SdpException(Reason.UNSUPPORTED_PROTOCOL, line);
        }
        int port = (int) SdpText.number(SdpText.before(words[1], '/'), 65_535, line);
        section = new SectionBuilder(kind, "", port);
        if (kind != MediaKind.APPLICATION) {
            payloadTypes(words);
        }
    }

    TransportParser transport() {
        return transport;
    }

    boolean mixed() {
        return mixed;
    }

    void attribute(String name, String value, int number) throws SdpException {
        switch (name) {
            case "mid" -> section.mid = SdpText.token(value, SdpLimits.ID_LENGTH, number);
            case "sendrecv" -> section.direction = Direction.SENDRECV;
            case "sendonly" -> section.direction = Direction.SENDONLY;
            case "recvonly" -> section.direction = Direction.RECVONLY;
            case "inactive" -> section.direction = Direction.INACTIVE;
            case "rtcp-mux", "rtcp-mux-only" -> section.rtcpMux = true;
            case "bundle-only" -> section.bundleOnly = true;
            case "extmap-allow-mixed" -> mixed = true;
            case "rtpmap", "fmtp", "rtcp-fb" -> codecAttribute(name, value, number);
            case "extmap" -> extmap(value, number);
            case "msid" -> msid(value);
            case "ssrc" -> source(value, number);
            case "ssrc-group" -> group(value, number);
            case "rid" -> rid(value, number);
            case "simulcast" -> section.simulcast = Optional.of(SimulcastLine.parse(value, number));
            case "sctp-port" -> section.sctpPort = (int) SdpText.number(value.trim(), 65_535, number);
            default -> transport.attribute(name, value, number);
        }
    }

    MediaSection finish() throws SdpException {
        if (section.mid.isEmpty()) {
            throw new SdpException(Reason.MISSING_MID, line); // RFC 8829 section 5.2.1 requires it
        }
        for (Map.Entry<Integer, CodecLines> entry : codecs.entrySet()) {
            section.codecs.add(entry.getValue().build(entry.getKey(), feedbackForAll));
        }
        section.sources.addAll(sources.values());
        return section.build();
    }

    private void payloadTypes(String[] words) throws SdpException {
        if (words.length - 3 > SdpLimits.PAYLOAD_TYPES) {
            throw new SdpException(Reason.TOO_MANY_PAYLOAD_TYPES, line);
        }
        for (int i = 3; i < words.length; i++) {
            int payloadType = (int) SdpText.number(words[i], 127, line);
            if (codecs.put(payloadType, new CodecLines()) != null) {
                throw new SdpException(Reason.DUPLICATE, line);
            }
        }
    }

    private void codecAttribute(String name, String value, int number) throws SdpException {
        String subject = SdpText.before(value, ' ');
        String rest = SdpText.after(value, ' ').trim();
        if (name.equals("rtcp-fb") && subject.equals("*")) { // RFC 4585 section 4.2: all payload types
            addFeedback(feedbackForAll, rest, number);
            return;
        }
        CodecLines codec = codecs.get((int) SdpText.number(subject, 127, number));
        if (codec == null) {
            return; // not on the m-line: of no use
        }
        switch (name) {
            case "rtpmap" -> codec.map(rest, number);
            case "fmtp" -> codec.format = rest;
            default -> addFeedback(codec.feedback, rest, number);
        }
    }

    private static void addFeedback(List<String> feedback, String value, int number) throws SdpException {
        if (feedback.size() == SdpLimits.FEEDBACKS) {
            throw new SdpException(Reason.TOO_MANY_FEEDBACKS, number);
        }
        feedback.add(value);
    }

    private void extmap(String value, int number) throws SdpException {
        String[] words = value.trim().split(" +", -1); // id[/direction] URI [attributes]
        if (words.length < 2) {
            throw new SdpException(Reason.INVALID_LINE, number);
        }
        int id = (int) SdpText.number(SdpText.before(words[0], '/'), 4351, number);
        Direction direction = direction(SdpText.after(words[0], '/'), number);
        if (id == 0 || id == ONE_BYTE_STOP || id > LARGEST_ID) {
            return; // RFC 8285 section 6: above 4096 are proposals without a free id; the others cannot be used
        }
        if (section.extensions.size() == SdpLimits.EXTENSIONS) {
            throw new SdpException(Reason.TOO_MANY_EXTENSIONS, number);
        }
        if (section.extensions.stream().anyMatch(e -> e.id() == id)) {
            throw new SdpException(Reason.DUPLICATE, number);
        }
        section.extensions.add(new Extmap(id, direction, words[1]));
    }

    private static Direction direction(String word, int number) throws SdpException {
        if (word.isEmpty()) {
            return Direction.SENDRECV;
        }
        for (Direction direction : Direction.values()) {
            if (direction.word().equals(word)) {
                return direction;
            }
        }
        throw new SdpException(Reason.INVALID_TOKEN, number);
    }

    private void msid(String value) {
        if (section.msid.isEmpty()) { // further lines put the same track into further streams
            String[] words = value.trim().split(" +", -1);
            section.msid = Optional.of(new Msid(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private void source(String value, int number) throws SdpException {
        long ssrc = SdpText.number(SdpText.before(value, ' '), 0xFFFF_FFFFL, number);
        Source old = sources.getOrDefault(ssrc, new Source(ssrc, "", ""));
        if (sources.size() == SdpLimits.SOURCES && !sources.containsKey(ssrc)) {
            throw new SdpException(Reason.TOO_MANY_SOURCES, number);
        }
        String attribute = SdpText.after(value, ' ').trim();
        String content = SdpText.after(attribute, ':');
        sources.put(
                ssrc,
                switch (SdpText.before(attribute, ':')) {
                    case "cname" -> new Source(ssrc, content, old.msid());
                    case "msid" -> new Source(ssrc, old.cname(), content);
                    default -> old;
                });
    }

    private void group(String value, int number) throws SdpException {
        String[] words = value.trim().split(" +", -1);
        if (section.groups.size() == SdpLimits.SOURCES || words.length - 1 > SdpLimits.SOURCES) {
            throw new SdpException(Reason.TOO_MANY_SOURCES, number);
        }
        List<Long> ssrcs = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            ssrcs.add(SdpText.number(words[i], 0xFFFF_FFFFL, number));
        }
        section.groups.add(new SourceGroup(SdpText.token(words[0], 32, number), ssrcs));
    }

    private void rid(String value, int number) throws SdpException {
        String[] words = value.trim().split(" +", -1); // id direction [restrictions]
        if (words.length < 2 || !words[1].equals("send") && !words[1].equals("recv")) {
            throw new SdpException(Reason.INVALID_LINE, number);
        }
        if (section.rids.size() == SdpLimits.RIDS) {
            throw new SdpException(Reason.TOO_MANY_RIDS, number);
        }
        Rid rid = new Rid(SdpText.rid(words[0], number), words[1].equals("send"));
        if (section.rids.stream().anyMatch(r -> r.id().equals(rid.id()))) {
            throw new SdpException(Reason.DUPLICATE, number);
        }
        section.rids.add(rid);
    }

    /** What the lines of one payload type said so far. */
    private static final class CodecLines {
        private String name = "";
        private int clockRate;
        private int channels = 1;
        private String format = "";
        private final List<String> feedback = new ArrayList<>();

        void map(String value, int number) throws SdpException {
            String[] parts = value.split("/", -1); // name/rate[/channels]
            if (parts.length < 2 || parts.length > 3) {
                throw new SdpException(Reason.INVALID_LINE, number);
            }
            name = SdpText.token(parts[0], 64, number);
            clockRate = (int) SdpText.number(parts[1], 1_000_000, number);
            channels = parts.length == 3 ? (int) SdpText.number(parts[2], 255, number) : 1;
        }

        Codec build(int payloadType, List<String> feedbackForAll) {
            List<String> all = new ArrayList<>(feedback);
            all.addAll(feedbackForAll);
            return new Codec(payloadType, name, clockRate, channels, format, all);
        }
    }
}
