/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.demo.PlenumStack;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.Requires;

/**
 * Two people in a network that lets little through, made as a network namespace with a firewall of its own. Needs root. In Firefox with
 * {@code -Dplenum.it.client=firefox-2.19.0}, for which no time is promised.
 */
@Tag("firewall") // -Pit,full
class FirewallIT {
    private static final String INSIDE = "plenum-fw"; // the namespace
    private static final String SERVER = "10.77.0.1";
    private static final String SERVER6 = "fd77::1";
    private static final String NAME = "plenum.example"; // Firefox reaches no TURN server over TLS by its address
    private static final String OUTER = "198.51.100.7"; // what clients know behind NAT
    private static final String PROXY_PORT = "8888";
    private static final String CLIENT = System.getProperty("plenum.it.client", "chromium-2.19.0");
    private static final double GOAL_S = 5;
    private static final Path RUN = Path.of("target/firewall").toAbsolutePath();
    private static final Path AUTHORITY = RUN.resolve("authority.pem");
    private static final Map<String, String> MEDIA = Map.of(
            "plenum.media.api-key", "firewalled",
            "plenum.media.api-secret", "a secret of the firewall's test, 32 bytes",
            "plenum.media.bind-address", "::",
            "plenum.media.advertised-address", String.join(",", SERVER, SERVER6, OUTER),
            "plenum.front.host", NAME,
            "plenum.front.port", "443");

    private static PlenumStack stack;
    private static Process proxy;

    @BeforeAll
    static void open() throws Exception {
        for (String tool : new String[] {"ip", "nft", "tinyproxy", "openssl", "certutil"}) {
            Requires.tool(tool);
        }
        Requires.that("root".equals(System.getProperty("user.name")), "network namespaces need root");
        command("ip", "netns", "add", INSIDE);
        command("ip", "link", "add", "plenum-fw0", "type", "veth", "peer", "name", "plenum-fw1", "netns", INSIDE);
        command("ip", "addr", "add", SERVER + "/24", "dev", "plenum-fw0");
        command("ip", "-6", "addr", "add", SERVER6 + "/64", "dev", "plenum-fw0", "nodad");
        command("ip", "link", "set", "plenum-fw0", "up");
        command("ip", "-n", INSIDE, "addr", "add", "10.77.0.2/24", "dev", "plenum-fw1");
        command("ip", "-n", INSIDE, "-6", "addr", "add", "fd77::2/64", "dev", "plenum-fw1", "nodad");
        command("ip", "-n", INSIDE, "link", "set", "plenum-fw1", "up");
        command("ip", "-n", INSIDE, "link", "set", "lo", "up");
        command("ip", "-n", INSIDE, "route", "add", OUTER, "via", SERVER);
        OwnStack.delete(RUN);
        Files.createDirectories(RUN);
        certify();
        Path settings = RUN.resolve("tinyproxy.conf");
        Files.writeString(
                settings, "Port " + PROXY_PORT + "\nListen " + SERVER + "\nAllow 10.77.0.0/24\nConnectPort 443\n");
        Path hosts = Path.of("/etc/netns", INSIDE, "hosts"); // seen as /etc/hosts there
        Files.createDirectories(hosts.getParent());
        Files.writeString(hosts, "127.0.0.1 localhost\n" + SERVER + " " + NAME + "\n");
        String outside =
                "mount --bind %s /etc/hosts && exec %s -d -c %s".formatted(hosts, Requires.tool("tinyproxy"), settings);
        proxy = new ProcessBuilder("unshare", "--mount", "sh", "-c", outside)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        stack = OwnStack.start(OwnStack.settings(RUN, 6000, Path.of(System.getProperty("java.home")), MEDIA));
        stack.awaitReady();
    }

    /** As an administrator has one, signed by an authority: Firefox accepts no other for TURN over TLS. */
    private static void certify() throws IOException, InterruptedException {
        Path store = RUN.resolve("wildfly/configuration/application.keystore"); // where the demo else puts its own
        Files.createDirectories(store.getParent());
        String key = RUN.resolve("server.key").toString();
        String request = RUN.resolve("server.csr").toString();
        String signed = RUN.resolve("server.pem").toString();
        String authority = AUTHORITY.toString();
        String authorityKey = RUN.resolve("authority.key").toString();
        Path names = RUN.resolve("names.conf");
        Files.writeString(
                names,
                "subjectAltName=DNS:localhost,DNS:" + NAME + ",IP:" + String.join(",IP:", SERVER, SERVER6, OUTER));
        command(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=authority",
                "-keyout",
                authorityKey,
                "-out",
                authority);
        command(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + SERVER,
                "-keyout",
                key,
                "-out",
                request);
        command(
                "openssl",
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                request,
                "-CA",
                authority,
                "-CAkey",
                authorityKey,
                "-CAcreateserial",
                "-extfile",
                names.toString(),
                "-out",
                signed);
        command(
                "openssl",
                "pkcs12",
                "-export",
                "-name",
                "server",
                "-inkey",
                key,
                "-in",
                signed,
                "-certfile",
                authority,
                "-passout",
                "pass:password",
                "-out",
                store.toString());
    }

    @AfterAll
    static void close() throws Exception {
        if (stack != null) {
            stack.close();
        }
        if (proxy != null) {
            proxy.destroy();
        }
        new ProcessBuilder("ip", "netns", "del", INSIDE).start().waitFor(); // the pair of devices goes with it
        OwnStack.delete(Path.of("/etc/netns", INSIDE));
    }

    @ParameterizedTest(name = "{0}: two see each other within five seconds")
    @CsvSource(delimiter = '|', textBlock = """
            UDP is blocked              | 10.77.0.1    | meta l4proto udp drop                                   |       | 1500
            only TCP 443 is open        | 10.77.0.1    | tcp dport != 443 drop; meta l4proto udp drop            |       | 1500
            only an HTTP proxy is there | 10.77.0.1    | tcp dport != 8888 drop; meta l4proto udp drop           | proxy | 1500
            there is only IPv6          | [fd77::1]    | meta nfproto ipv4 drop                                  |       | 1500
            the server is behind NAT    | 198.51.100.7 | ct original ip daddr 10.77.0.1 drop; meta nfproto ipv6 drop |   | 1500
            the path's MTU is 1280      | 10.77.0.1    |                                                         |       | 1280
            """)
    void gettingIn(String network, String host, String rules, String way, String mtu) throws Exception {
        String chain = rules == null ? "" : String.join("\n", rules.split("; "));
        filter("""
                flush ruleset
                table inet plenum {
                  chain nat { type nat hook output priority -100; ip daddr 198.51.100.7 dnat ip to 10.77.0.1; }
                  chain out { type filter hook output priority 0; policy accept;
                    oif lo accept
                    %s
                  }
                }
                """.formatted(chain));
        command("ip", "link", "set", "plenum-fw0", "mtu", mtu);
        command("ip", "-n", INSIDE, "link", "set", "plenum-fw1", "mtu", mtu);
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PLENUM_MEDIA_KEY", MEDIA.get("plenum.media.api-key"),
                "PLENUM_MEDIA_SECRET", MEDIA.get("plenum.media.api-secret"),
                "PLENUM_AUTHORITY", AUTHORITY.toString()));
        if (way != null) {
            environment.put("PLENUM_HTTP_PROXY", "http://" + SERVER + ":" + PROXY_PORT);
        }
        String output = NodeScript.runWithin(
                        List.of("ip", "netns", "exec", INSIDE),
                        URI.create("https://" + host),
                        "media/run.mjs",
                        Duration.ofMinutes(2),
                        environment,
                        "firewalled",
                        CLIENT)
                .orFail();
        JsonObject told = Json.createReader(new StringReader(output.substring(output.lastIndexOf("{\"ok\""))))
                .readObject();
        System.out.println(network + ": " + told);
        double seconds = told.getJsonNumber("seconds").doubleValue();
        assertTrue(seconds <= GOAL_S || CLIENT.startsWith("firefox"), network + ": " + seconds + " s");
    }

    private static void filter(String ruleset) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("ip", "netns", "exec", INSIDE, "nft", "-f", "-")
                .redirectErrorStream(true)
                .start();
        nft.outputWriter(StandardCharsets.US_ASCII).append(ruleset).close();
        ended(nft, ruleset);
    }

    private static void command(String... words) throws IOException, InterruptedException {
        ended(new ProcessBuilder(words).redirectErrorStream(true).start(), String.join(" ", words));
    }

    private static void ended(Process process, String what) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(what + ": " + said);
        }
    }
}
