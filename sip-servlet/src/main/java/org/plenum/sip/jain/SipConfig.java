/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.plenum.sip.call.AddressRange;
import org.plenum.sip.call.Digest;
import org.plenum.sip.call.Protection;
import org.plenum.sip.call.Trunk;
import org.plenum.sip.media.Prompts;

/**
 * The telephone side's settings, checked when made; every complaint names its property.
 *
 * @param enabled property {@code plenum.sip.enabled}, default false
 * @param places property {@code plenum.sip.bind-address}, default 127.0.0.1: addresses with commas, each for all transports and RTP
 * @param port property {@code plenum.sip.port}, default 5060; 1 to 65535, UDP and TCP
 * @param tls absent without {@code plenum.sip.tls.keystore}
 * @param domains property {@code plenum.sip.domains}, comma separated: hosts of Request-URIs that mean this server; the
 *     bind address always does
 * @param rtpLow property {@code plenum.sip.rtp.low}, default 20000
 * @param rtpHigh property {@code plenum.sip.rtp.high}, default 29999
 * @param mostCalls property {@code plenum.sip.most-calls}, default 100
 * @param country property {@code plenum.sip.default-country-code}, default DE: of numbers that name none
 * @param masked property {@code plenum.sip.mask-numbers}, default true
 * @param toneKeys property {@code plenum.sip.dtmf-inband}, default false: listen for keys in the sound where nothing better was agreed
 * @param startMuted property {@code plenum.sip.start-muted}, default false
 * @param prompts property {@code plenum.sip.prompts}: a folder with announcements that replace ours
 * @param trunks properties {@code plenum.sip.trunk.NAME.…}
 */
public record SipConfig(
        boolean enabled,
        List<Place> places,
        int port,
        Optional<Tls> tls,
        Set<String> domains,
        int rtpLow,
        int rtpHigh,
        int mostCalls,
        String country,
        boolean masked,
        boolean toneKeys,
        boolean startMuted,
        Optional<Path> prompts,
        List<Trunk> trunks) {
    static final String PREFIX = "plenum.sip.";
    static final String PORT = PREFIX + "port";
    static final String BIND_ADDRESS = PREFIX + "bind-address";
    private static final String TRUNK = PREFIX + "trunk.";

    /**
     * @param port property {@code plenum.sip.tls.port}, default 5061
     * @param password property {@code plenum.sip.tls.password} of the PKCS#12 store; never printed
     * @param trustStore property {@code plenum.sip.tls.truststore}: a PKCS#12 store of the authorities whose registrars are believed; default
     *     the key store
     * @param trustPassword property {@code plenum.sip.tls.truststore-password}; never printed
     */
    record Tls(int port, String keyStore, String password, String trustStore, String trustPassword) {
        @Override
        public String toString() {
            return "(TLS on port " + port + ")";
        }
    }

    /**
     * Where calls come in.
     *
     * @param address of this machine, IPv4 or IPv6
     * @param told property {@code plenum.sip.public-address}: what the other side is told instead, in the same order; default the
     *     address itself
     */
    record Place(InetAddress address, String told) {
        String bind() {
            return address.getHostAddress();
        }
    }

    public SipConfig {
        requirePort(PORT, port);
        if (places.isEmpty()) {
            throw new IllegalArgumentException(BIND_ADDRESS + " is empty");
        }
        places = List.copyOf(places);
        requirePort(PREFIX + "rtp.low", rtpLow);
        requirePort(PREFIX + "rtp.high", rtpHigh);
        if (rtpHigh <= rtpLow) {
            throw new IllegalArgumentException(PREFIX + "rtp.high is not above " + PREFIX + "rtp.low");
        }
        if (mostCalls < 1) {
            throw new IllegalArgumentException(PREFIX + "most-calls is below 1");
        }
        domains = Set.copyOf(domains);
        trunks = List.copyOf(trunks);
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(name + ": " + port + " is outside 1..65535");
        }
    }

    public static SipConfig from(Properties properties) {
        Reader reader = new Reader(properties);
        List<Place> places = places(reader);
        Set<String> domains = new LinkedHashSet<>();
        for (Place place : places) {
            domains.add(place.bind());
            domains.add(place.told());
        }
        domains.addAll(list(properties.getProperty(PREFIX + "domains", "localhost")));
        return new SipConfig(
                reader.flag("enabled", false),
                places,
                reader.number("port", 5060),
                reader.text("tls.keystore")
                        .map(store -> new Tls(
                                reader.number("tls.port", 5061),
                                store,
                                reader.text("tls.password").orElse(""),
                                reader.text("tls.truststore").orElse(store),
                                reader.text("tls.truststore-password")
                                        .or(() -> reader.text("tls.password"))
                                        .orElse(""))),
                domains,
                reader.number("rtp.low", 20_000),
                reader.number("rtp.high", 29_999),
                reader.number("most-calls", 100),
                reader.text("default-country-code").orElse("DE"),
                reader.flag("mask-numbers", true),
                reader.flag("dtmf-inband", false),
                reader.flag("start-muted", false),
                reader.text("prompts").map(Path::of),
                trunks(properties));
    }

    private static List<Place> places(Reader reader) {
        List<String> addresses = list(reader.text("bind-address").orElse("127.0.0.1"));
        List<String> told = list(reader.text("public-address").orElse(""));
        if (!told.isEmpty() && told.size() != addresses.size()) {
            throw new IllegalArgumentException(PREFIX + "public-address has not as many addresses as " + BIND_ADDRESS);
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            try {
                InetAddress address = InetAddress.getByName(addresses.get(i));
                places.add(new Place(address, told.isEmpty() ? addresses.get(i) : told.get(i)));
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException(BIND_ADDRESS + ": " + addresses.get(i) + " is no address", unknown);
            }
        }
        return places;
    }

    private static List<Trunk> trunks(Properties properties) {
        Set<String> names = new TreeSet<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(TRUNK) && key.indexOf('.', TRUNK.length()) > 0) {
                names.add(key.substring(TRUNK.length(), key.indexOf('.', TRUNK.length())));
            }
        }
        List<Trunk> trunks = new ArrayList<>();
        for (String name : names) {
            trunks.add(trunk(name, new Reader(properties)));
        }
        return trunks;
    }

    private static Trunk trunk(String name, Reader reader) {
        String prefix = "trunk." + name + ".";
        List<AddressRange> peers = new ArrayList<>();
        for (String range : list(reader.text(prefix + "addresses").orElse(""))) {
            try {
                peers.add(AddressRange.parse(range));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(PREFIX + prefix + "addresses: " + wrong.getMessage(), wrong);
            }
        }
        String language = reader.text(prefix + "language").orElse("de");
        requireLanguage(prefix + "language", language);
        Optional<Trunk.Registration> registration =
                reader.text(prefix + "registrar").map(registrar -> registration(registrar, prefix, reader));
        if (peers.isEmpty()) {
            throw new IllegalArgumentException(PREFIX + prefix + "addresses is empty: whose calls are these?");
        }
        return new Trunk(
                name,
                peers,
                reader.flag(prefix + "symmetric", false),
                language,
                languages(prefix, reader),
                reader.text(prefix + "ping"),
                registration,
                protection(prefix, reader),
                reader.flag(prefix + "srtp.without-tls", false));
    }

    private static void requireLanguage(String name, String language) {
        if (!Prompts.LANGUAGES.contains(language)) {
            throw new IllegalArgumentException(PREFIX + name + " is none of " + Prompts.LANGUAGES);
        }
    }

    private static Map<String, String> languages(String prefix, Reader reader) {
        Map<String, String> languages = new HashMap<>();
        for (String pair : list(reader.text(prefix + "languages").orElse(""))) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(PREFIX + prefix + "languages is no list of NUMBER=LANGUAGE");
            }
            String language = pair.substring(equals + 1).strip();
            requireLanguage(prefix + "languages", language);
            languages.put(pair.substring(0, equals).strip(), language);
        }
        return languages;
    }

    private static Protection.Policy protection(String prefix, Reader reader) {
        return switch (reader.text(prefix + "srtp").orElse("require")) {
            case "off" -> Protection.Policy.OFF;
            case "optional" -> Protection.Policy.OPTIONAL;
            case "require" -> Protection.Policy.REQUIRED;
            default -> throw new IllegalArgumentException(PREFIX + prefix + "srtp is none of off, optional, require");
        };
    }

    private static Trunk.Registration registration(String registrar, String prefix, Reader reader) {
        String domain = reader.text(prefix + "domain").orElseGet(() -> registrar.replaceAll(":\\d+$", ""));
        String transport = reader.text(prefix + "transport").orElse("udp");
        if (!List.of("udp", "tcp", "tls").contains(transport)) {
            throw new IllegalArgumentException(PREFIX + prefix + "transport is none of udp, tcp, tls");
        }
        return new Trunk.Registration(
                registrar,
                transport,
                domain,
                reader.number(prefix + "expires", 300),
                new Digest.Credentials(
                        reader.text(prefix + "user").orElse(""),
                        reader.text(prefix + "password").orElse(""),
                        reader.text(prefix + "realm").orElse(domain)));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Reads single properties under our prefix. */
    private record Reader(Properties properties) {
        Optional<String> text(String name) {
            return Optional.of(properties.getProperty(PREFIX + name, "").strip())
                    .filter(text -> !text.isEmpty());
        }

        boolean flag(String name, boolean usual) {
            return text(name).map(Boolean::parseBoolean).orElse(usual);
        }

        int number(String name, int usual) {
            try {
                return text(name).map(Integer::parseInt).orElse(usual);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(PREFIX + name + " is not a number", notANumber);
            }
        }
    }
}
