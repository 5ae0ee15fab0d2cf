/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.plenum.media.livekit.Relaying;

/**
 * What an administrator says about TURN: nothing, a relay of ours, or others.
 *
 * @param port of our own relay, UDP and TCP, 1 to 65535, or 0 for none
 * @param urls told to clients instead of those of our own relay, in the form of RFC 7065; empty for those
 * @param secret shared with the servers behind the urls; stays out of logs
 * @param front another way to our own relay, told beside the others; empty for none
 * @param proxies which may say on whose behalf they connect to our own relay, beside this machine
 */
public record TurnConfig(int port, List<String> urls, String secret, String front, List<InetAddress> proxies) {
    public static final String PORT = "plenum.turn.port";
    public static final String URLS = "plenum.turn.urls";
    public static final String SECRET = "plenum.turn.secret";
    public static final String TRUSTED_PROXIES = "plenum.turn.trusted-proxies";
    public static final TurnConfig NONE = new TurnConfig(0, List.of(), "", "", List.of());

    private static final int SHORTEST_SECRET = 16;
    private static final int MOST_URLS = 8; // browsers complain beyond a few, and try each
    private static final Pattern URL =
            Pattern.compile("turns?:([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(\\?transport=(udp|tcp))?");

    public TurnConfig {
        urls = List.copyOf(urls);
        proxies = List.copyOf(proxies);
        require(front.isEmpty() || port != 0, "a common port for HTTPS and TURN needs " + PORT);
        require(port >= 0 && port <= 65_535, PORT + " " + port + " is outside 0..65535");
        require(urls.size() <= MOST_URLS, URLS + " names more than " + MOST_URLS + " servers");
        for (String url : urls) {
            require(URL.matcher(url).matches(), URLS + ": '" + url + "' is no TURN address");
        }
        require(
                port == 0 && urls.isEmpty() || secret.length() >= SHORTEST_SECRET,
                SECRET + " needs at least " + SHORTEST_SECRET + " characters");
    }

    /** From the text of the properties. @param urls separated by commas, may be empty */
    public static TurnConfig of(int port, String urls, String secret) {
        List<String> servers = Arrays.stream(urls.split(","))
                .map(String::trim)
                .filter(url -> !url.isEmpty())
                .toList();
        return new TurnConfig(port, servers, secret, "", List.of());
    }

    /** The same, reached in another way as well. @param url in the form of RFC 7065 */
    public TurnConfig behind(String url) {
        return new TurnConfig(port, urls, secret, url, proxies);
    }

    /** The same with proxies that are believed. @param addresses separated by commas, may be empty */
    public TurnConfig trusting(String addresses) {
        List<InetAddress> trusted = Arrays.stream(addresses.split(","))
                .filter(one -> !one.isBlank())
                .map(one -> MediaConfig.address(TRUSTED_PROXIES, one.trim()))
                .toList();
        return new TurnConfig(port, urls, secret, front, trusted);
    }

    /** What clients are told when our media is at these addresses. */
    Relaying relaying(List<InetAddress> media) {
        if (!urls.isEmpty()) {
            return new Relaying(urls, secret);
        }
        if (port == 0) {
            return Relaying.NONE;
        }
        List<String> own = new ArrayList<>();
        for (InetAddress address : oneOfEachFamily(media)) {
            String host = address instanceof Inet6Address ? "[" + literal(address) + "]" : literal(address);
            own.add("turn:" + host + ":" + port + "?transport=udp");
            own.add("turn:" + host + ":" + port + "?transport=tcp");
        }
        if (!front.isEmpty()) {
            own.add(front);
        }
        return new Relaying(own, secret);
    }

    /** Each server more is one that every client tries. */
    private static List<InetAddress> oneOfEachFamily(List<InetAddress> addresses) {
        List<InetAddress> chosen = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (chosen.stream().noneMatch(other -> other.getClass() == address.getClass())) {
                chosen.add(address);
            }
        }
        return chosen;
    }

    /** Without the zone: it means nothing elsewhere. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static void require(boolean fine, String complaint) {
        if (!fine) {
            throw new IllegalArgumentException(complaint);
        }
    }

    @Override
    public String toString() {
        return "TurnConfig[" + port + ", " + urls + "]";
    }
}
