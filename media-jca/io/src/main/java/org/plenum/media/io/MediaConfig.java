/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.plenum.media.livekit.SignalConfig;

/**
 * What an administrator says about the engine, checked once. Every complaint names the property.
 *
 * @param bindAddress the address the UDP port is bound to; a wildcard is allowed
 * @param advertisedAddresses what clients are told, at least one, never a wildcard
 * @param udpPort the one UDP port of all media, 1024 to 65535
 * @param tcpPort for those to whom UDP is closed, 1 to 65535, or 0 for none
 * @param apiKey issuer of access tokens, 1 to 128 characters
 * @param apiSecret signs access tokens (HS256), at least 16 characters
 * @param createsRooms whether whoever joins makes the room
 * @param videoCodecs what may be published, of VP8 and H264; clients fall back to the first
 * @param turn for those to whom neither UDP nor the TCP port is open
 * @param portable whether packets are sent one by one everywhere, even where the system can do better
 */
public record MediaConfig(
        InetAddress bindAddress,
        List<InetAddress> advertisedAddresses,
        int udpPort,
        int tcpPort,
        String apiKey,
        String apiSecret,
        boolean createsRooms,
        List<String> videoCodecs,
        TurnConfig turn,
        boolean portable) {
    public static final String BIND_ADDRESS = "plenum.media.bind-address";
    public static final String ADVERTISED_ADDRESS = "plenum.media.advertised-address";
    public static final String UDP_PORT = "plenum.media.udp-port";
    public static final String TCP_PORT = "plenum.media.tcp-port";
    public static final String VIDEO_CODECS = "plenum.media.video-codecs";
    public static final String API_KEY = "plenum.media.api-key";
    public static final String API_SECRET = "plenum.media.api-secret";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final int MOST_ADDRESSES = 8;
    private static final int SHORTEST_SECRET = 16;

    public MediaConfig {
        advertisedAddresses = List.copyOf(advertisedAddresses);
        videoCodecs = List.copyOf(videoCodecs);
        require(
                !videoCodecs.isEmpty() && SignalConfig.VIDEO_CODECS.containsAll(videoCodecs),
                VIDEO_CODECS + " names other codecs than " + SignalConfig.VIDEO_CODECS);
        require(udpPort >= 1024 && udpPort <= 65_535, UDP_PORT + " " + udpPort + " is outside 1024..65535");
        require(tcpPort >= 0 && tcpPort <= 65_535, TCP_PORT + " " + tcpPort + " is outside 0..65535");
        require(!advertisedAddresses.isEmpty(), ADVERTISED_ADDRESS + " names no address");
        require(
                advertisedAddresses.size() <= MOST_ADDRESSES,
                ADVERTISED_ADDRESS + " names more than " + MOST_ADDRESSES + " addresses");
        for (InetAddress advertised : advertisedAddresses) {
            require(
                    !advertised.isAnyLocalAddress() && !advertised.isMulticastAddress(),
                    ADVERTISED_ADDRESS + ": no client can send to " + advertised.getHostAddress()
                            + "; name an address of this server");
        }
        require(!apiKey.isBlank() && apiKey.length() <= 128, API_KEY + " needs 1 to 128 characters");
        require(
                apiSecret.length() >= SHORTEST_SECRET,
                API_SECRET + " needs at least " + SHORTEST_SECRET + " characters");
    }

    /**
     * From the text of the properties.
     *
     * @param advertised comma list; empty means the bind address
     */
    public static MediaConfig of(String bind, String advertised, int udpPort, String apiKey, String apiSecret) {
        InetAddress bound = address(BIND_ADDRESS, bind.trim());
        List<InetAddress> told = new ArrayList<>();
        for (String one : advertised.split(",")) {
            if (!one.isBlank()) {
                told.add(address(ADVERTISED_ADDRESS, one.trim()));
            }
        }
        return new MediaConfig(
                bound,
                told.isEmpty() ? List.of(bound) : told,
                udpPort,
                0,
                apiKey,
                apiSecret,
                true,
                SignalConfig.VIDEO_CODECS,
                TurnConfig.NONE,
                false);
    }

    /** The same, where rooms are made by those who join, or only by those who may make them. */
    public MediaConfig creatingRooms(boolean now) {
        return new MediaConfig(
                bindAddress,
                advertisedAddresses,
                udpPort,
                tcpPort,
                apiKey,
                apiSecret,
                now,
                videoCodecs,
                turn,
                portable);
    }

    /** The same, sending by what every system has, or by the best that this one has. */
    public MediaConfig portably(boolean now) {
        return new MediaConfig(
                bindAddress,
                advertisedAddresses,
                udpPort,
                tcpPort,
                apiKey,
                apiSecret,
                createsRooms,
                videoCodecs,
                turn,
                now);
    }

    /** The same with a TCP port beside. @param port 0 for none */
    public MediaConfig overTcp(int port) {
        return new MediaConfig(
                bindAddress,
                advertisedAddresses,
                udpPort,
                port,
                apiKey,
                apiSecret,
                createsRooms,
                videoCodecs,
                turn,
                portable);
    }

    /** The same with TURN servers. */
    public MediaConfig relaying(TurnConfig servers) {
        return new MediaConfig(
                bindAddress,
                advertisedAddresses,
                udpPort,
                tcpPort,
                apiKey,
                apiSecret,
                createsRooms,
                videoCodecs,
                servers,
                portable);
    }

    /** The same with these video codecs. @param names separated by commas */
    public MediaConfig encodingVideo(String names) {
        List<String> codecs = Arrays.stream(names.split(","))
                .map(name -> name.trim().toUpperCase(Locale.ROOT))
                .toList();
        return new MediaConfig(
                bindAddress,
                advertisedAddresses,
                udpPort,
                tcpPort,
                apiKey,
                apiSecret,
                createsRooms,
                codecs,
                turn,
                portable);
    }

    SignalConfig signal() {
        SignalConfig usual = SignalConfig.of(apiKey, apiSecret);
        return new SignalConfig(
                apiKey,
                apiSecret,
                usual.server(),
                usual.limits(),
                turn.relaying(advertisedAddresses),
                createsRooms,
                videoCodecs);
    }

    /**
     * Host candidates of every address, best first: values of {@code a=candidate} without the prefix (RFC 8839 section 5.1, RFC 6544
     * sections 4.2 and 4.5). TCP comes last, so that it is taken only where UDP does not get through.
     */
    List<String> candidates() {
        List<String> candidates = new ArrayList<>();
        for (InetAddress address : advertisedAddresses) {
            int place = candidates.size();
            candidates.add(candidate(place, "udp", 65_535 - place, address, udpPort, ""));
        }
        for (InetAddress address : tcpPort == 0 ? List.<InetAddress>of() : advertisedAddresses) {
            int place = candidates.size();
            int preference = 2 << 13 | 8191 - place; // of a passive one
            candidates.add(candidate(place, "tcp", preference, address, tcpPort, " tcptype passive"));
        }
        return candidates;
    }

    private static String candidate(
            int place, String transport, int preference, InetAddress address, int port, String more) {
        long priority = 126L << 24 | (long) preference << 8 | 255; // RFC 8445 section 5.1.2.1
        return String.format(
                Locale.ROOT,
                "%d 1 %s %d %s %d typ host%s",
                place + 1,
                transport,
                priority,
                address.getHostAddress(),
                port,
                more);
    }

    /** A port that cannot be had, in the administrator's words. */
    static IOException unbindable(String property, int port, InetAddress address, Exception failed) {
        String where = property + " " + port + " on " + BIND_ADDRESS + " " + address.getHostAddress();
        return new IOException(where + " cannot be bound: " + failed.getMessage(), failed);
    }

    /** Literals only: a name would be looked up somewhere, now or never again. */
    static InetAddress address(String property, String literal) {
        require(
                IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches(),
                property + ": '" + literal + "' is no IP address");
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(property + ": '" + literal + "' is no IP address", e);
        }
    }

    private static void require(boolean fine, String complaint) {
        if (!fine) {
            throw new IllegalArgumentException(complaint);
        }
    }

    /** The secret stays out of logs and traces. */
    @Override
    public String toString() {
        return "MediaConfig[" + bindAddress.getHostAddress() + ":" + udpPort + "]";
    }
}
