/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.regex.Pattern;
import javax.sdp.Attribute;
import javax.sdp.Connection;
import javax.sdp.MediaDescription;
import javax.sdp.SdpException;
import javax.sdp.SdpFactory;
import javax.sdp.SessionDescription;
import org.plenum.sip.call.Offer;
import org.plenum.sip.call.Offer.Direction;

/** Reads a telephone's session description by the stack's parser, into what {@link Offer} says of it. */
final class OfferReader {
    private static final int MOST_SECTIONS = 16;
    private static final Pattern LITERAL = Pattern.compile(
            "\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F.:]+"); // a name would have to be looked up
    private static final int LONGEST = 16_384;

    private OfferReader() {}

    /** @throws SdpException it cannot be understood */
    static Offer read(String text) throws SdpException {
        if (text.length() > LONGEST) {
            throw new SdpException("too long");
        }
        try {
            SessionDescription parsed = SdpFactory.getInstance().createSessionDescription(text);
            List<Offer.Section> sections = new ArrayList<>();
            Vector<?> media = parsed.getMediaDescriptions(true);
            if (media.size() > MOST_SECTIONS) {
                throw new SdpException("too many sections");
            }
            Optional<String> address = address(parsed.getConnection());
            Direction direction = direction(parsed.getAttributes(false), Direction.SENDRECV);
            for (Object one : media) {
                sections.add(section((MediaDescription) one, address, direction));
            }
            String version =
                    parsed.getOrigin() == null ? "" : parsed.getOrigin().toString();
            return new Offer(version, sections);
        } catch (RuntimeException odd) { // the parser trips over what it did not expect
            throw new SdpException("unreadable", odd);
        }
    }

    private static Optional<String> address(Connection connection) throws SdpException {
        return Optional.ofNullable(connection == null ? null : connection.getAddress())
                .filter(text -> LITERAL.matcher(text).matches());
    }

    private static Offer.Section section(MediaDescription media, Optional<String> sessionAddress, Direction usual)
            throws SdpException {
        List<Integer> formats = new ArrayList<>();
        for (Object format : media.getMedia().getMediaFormats(true)) {
            String text = format.toString().strip();
            if (text.matches("\\d{1,3}")) {
                formats.add(Integer.parseInt(text));
            }
        }
        Map<Integer, String> encodings = new HashMap<>();
        List<String> crypto = new ArrayList<>();
        boolean reportsBeside = false;
        Vector<?> attributes = media.getAttributes(true);
        for (Object each : attributes) {
            Attribute attribute = (Attribute) each;
            String value =
                    attribute.getValue() == null ? "" : attribute.getValue().strip();
            switch (attribute.getName().toLowerCase(Locale.ROOT)) {
                case "rtpmap" -> encoding(value, encodings);
                case "crypto" -> crypto.add(value);
                case "rtcp-mux" -> reportsBeside = true;
                default -> {} // direction is read below, the rest does not matter here
            }
        }
        Optional<String> own = address(media.getConnection());
        return new Offer.Section(
                media.getMedia().getMediaType(),
                media.getMedia().getMediaPort(),
                media.getMedia().getProtocol(),
                formats,
                encodings,
                own.isPresent() ? own : sessionAddress,
                direction(attributes, usual),
                reportsBeside,
                crypto);
    }

    private static void encoding(String value, Map<Integer, String> encodings) {
        String[] parts = value.split("\\s+", 2);
        if (parts.length == 2 && parts[0].matches("\\d{1,3}")) {
            encodings.putIfAbsent(Integer.parseInt(parts[0]), parts[1]);
        }
    }

    private static Direction direction(Vector<?> attributes, Direction usual) throws SdpException {
        if (attributes == null) {
            return usual;
        }
        for (Object each : attributes) {
            String name = ((Attribute) each).getName().toLowerCase(Locale.ROOT);
            switch (name) {
                case "sendrecv", "sendonly", "recvonly", "inactive" -> {
                    return Direction.valueOf(name.toUpperCase(Locale.ROOT));
                }
                default -> {} // another attribute
            }
        }
        return usual;
    }
}
