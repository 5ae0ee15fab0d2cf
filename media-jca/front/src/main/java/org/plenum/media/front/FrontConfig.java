/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator says about the common port. Every complaint names the property.
 *
 * @param bindAddress the address it is bound to
 * @param port 1 to 65535
 * @param host the name on the certificate: clients are told of TURN over TLS under it
 * @param keyStore with one private key and its certificates, PKCS #12 or JKS
 * @param keyStorePassword of the store and the key; stays out of logs
 * @param https where everything goes that is HTTPS
 * @param proxyProtocol whether that listener wants to be told who comes (PROXY protocol, version 1)
 * @param turn the relay's TCP port
 */
public record FrontConfig(
        InetAddress bindAddress,
        int port,
        String host,
        Path keyStore,
        String keyStorePassword,
        InetSocketAddress https,
        boolean proxyProtocol,
        InetSocketAddress turn) {
    public static final String PORT = "plenum.front.port";
    public static final String HOST = "plenum.front.host";
    public static final String KEY_STORE = "plenum.front.key-store";
    public static final String HTTPS = "plenum.front.https";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern WHERE = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");

    public FrontConfig {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(PORT + " " + port + " is outside 1..65535");
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException(HOST + ": '" + host + "' is no name of a host");
        }
        if (keyStore.toString().isEmpty()) {
            throw new IllegalArgumentException(PORT + " needs " + KEY_STORE);
        }
    }

    /** @param where host and port with a colon between */
    public static InetSocketAddress https(String where) {
        Matcher parts = WHERE.matcher(where.trim());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw new IllegalArgumentException(HTTPS + ": '" + where + "' is no host and port");
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** Where clients find TURN over TLS (RFC 7065). */
    public static String turnUrl(String host, int port) {
        return "turns:" + host + ":" + port + "?transport=tcp";
    }

    @Override
    public String toString() {
        return "FrontConfig[" + host + ":" + port + "]";
    }
}
