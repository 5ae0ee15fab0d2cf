/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plenum.media.core.sdp.SdpException.Reason;

/**
 * Reads a WebRTC description (RFC 8866 in the profile of RFC 8829). Strict about what we use and about sizes
 * ({@link SdpLimits}), silent about lines that we do not know. Stateless to its users: one call, one result.
 */
public final class SdpParser {
    private static final int PREFIX = 2; // "a="

    private final List<SectionParser> sections = new ArrayList<>();
    private final TransportParser sessionTransport = new TransportParser();
    private final List<String> bundle = new ArrayList<>();
    private long sessionId;
    private long version;
    private boolean iceLite;
    private boolean mixed;

    private SdpParser() {}

    /**
     * @param text lines end with CR LF or LF
     * @throws SdpException the only thing that is thrown, whatever the text
     */
    public static SessionDescription parse(String text) throws SdpException {
        if (text.length() > SdpLimits.CHARACTERS) {
            throw new SdpException(Reason.TOO_LARGE, 0);
        }
        SdpParser parser = new SdpParser();
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            String line = text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
            start = end + 1;
            number++;
            checkLine(line, number);
            parser.line(line, number);
        }
        return parser.finish();
    }

    private static void checkLine(String line, int number) throws SdpException {
        if (number > SdpLimits.LINES) {
            throw new SdpException(Reason.TOO_MANY_LINES, number);
        }
        if (line.length() > SdpLimits.LINE_LENGTH) {
            throw new SdpException(Reason.LINE_TOO_LONG, number);
        }
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            throw new SdpException(Reason.INVALID_CHARACTER, number);
        }
        boolean first = number == 1;
        if (line.length() < PREFIX || line.charAt(1) != '=' || first != line.equals("v=0")) {
            throw new SdpException(Reason.INVALID_LINE, number);
        }
    }

    private void line(String line, int number) throws SdpException {
        String value = line.substring(PREFIX);
        switch (line.charAt(0)) {
            case 'm' -> {
                if (sections.size() == SdpLimits.SECTIONS) {
                    throw new SdpException(Reason.TOO_MANY_SECTIONS, number);
                }
                sections.add(new SectionParser(value, number));
            }
            case 'o' -> origin(value, number);
            case 'a' -> {
                String name = SdpText.before(value, ':');
                if (sections.isEmpty()) {
                    sessionAttribute(name, SdpText.after(value, ':'), number);
                } else {
                    sections.get(sections.size() - 1).attribute(name, SdpText.after(value, ':'), number);
                }
            }
            default -> {} // names, times, addresses and bandwidths mean nothing here
        }
    }

    private void origin(String value, int number) throws SdpException {
        String[] words = value.split(" ", -1);
        if (words.length != 6) { // user, id, version, net type, address type, address (RFC 8866 section 5.2)
            throw new SdpException(Reason.INVALID_LINE, number);
        }
        sessionId = SdpText.unsigned(words[1], number);
        version = SdpText.unsigned(words[2], number);
    }

    private void sessionAttribute(String name, String value, int number) throws SdpException {
        switch (name) {
            case "group" -> {
                String[] words = value.trim().split(" +", -1);
                if (words[0].equals("BUNDLE") && bundle.isEmpty()) {
                    bundleGroup(words, number);
                }
            }
            case "ice-lite" -> iceLite = true;
            case "extmap-allow-mixed" -> mixed = true;
            default -> sessionTransport.attribute(name, value, number);
        }
    }

    private void bundleGroup(String[] words, int number) throws SdpException {
        if (words.length - 1 > SdpLimits.SECTIONS) {
            throw new SdpException(Reason.TOO_MANY_SECTIONS, number);
        }
        for (int i = 1; i < words.length; i++) {
            bundle.add(SdpText.token(words[i], SdpLimits.ID_LENGTH, number));
        }
        if (new HashSet<>(bundle).size() != bundle.size()) {
            throw new SdpException(Reason.DUPLICATE, number);
        }
    }

    private SessionDescription finish() throws SdpException {
        if (sections.isEmpty()) {
            throw new SdpException(Reason.NO_SECTION, 0);
        }
        List<MediaSection> built = new ArrayList<>();
        Set<String> mids = new HashSet<>();
        for (SectionParser section : sections) {
            MediaSection media = section.finish();
            if (!mids.add(media.mid())) {
                throw new SdpException(Reason.DUPLICATE, 0);
            }
            mixed |= section.mixed();
            built.add(media);
        }
        if (!mids.containsAll(bundle)) {
            throw new SdpException(Reason.MISMATCH, 0);
        }
        TransportDescription transport = transportSection(built).transport().finish(sessionTransport);
        return new SessionDescription(sessionId, version, iceLite, mixed, bundle, transport, built);
    }

    /** The section that brings the transport: the first of the BUNDLE group (RFC 9143 section 7.2), else the first in use. */
    private SectionParser transportSection(List<MediaSection> built) {
        for (int i = 0; i < built.size(); i++) {
            boolean tagged = bundle.isEmpty()
                    ? !built.get(i).stopped()
                    : built.get(i).mid().equals(bundle.get(0));
            if (tagged) {
                return sections.get(i);
            }
        }
        return sections.get(0);
    }
}
