/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.sip.bench.BenchEngine;
import org.plenum.sip.call.Conference;
import org.plenum.sip.media.PhoneMedia;
import org.plenum.sip.media.Prompts;
import org.plenum.sip.media.RtpPorts;

/** The real stack registers at a registrar that the test plays, in plain text over loopback. */
class RegistrarTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private DatagramSocket registrar;
    private final Set<String> answered = new HashSet<>();
    private DatagramPacket last;
    private CallLoop loop;
    private SipEndpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        registrar = new DatagramSocket(0, LOOPBACK);
        registrar.setSoTimeout(10_000);
    }

    @AfterEach
    void close() {
        stop();
        registrar.close();
    }

    private void start(String realm, String... more) throws Exception {
        Properties properties = new Properties();
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty("plenum.sip." + more[i], more[i + 1]);
        }
        properties.setProperty("plenum.sip.port", String.valueOf(FreePort.any()));
        properties.setProperty("plenum.sip.trunk.test.addresses", "127.0.0.1");
        properties.putIfAbsent("plenum.sip.trunk.test.registrar", "127.0.0.1:" + registrar.getLocalPort());
        properties.setProperty("plenum.sip.trunk.test.user", "plenum");
        properties.setProperty("plenum.sip.trunk.test.password", "s3cret");
        properties.setProperty("plenum.sip.trunk.test.domain", "sip.example.org");
        properties.setProperty("plenum.sip.trunk.test.realm", realm);
        SipConfig config = SipConfig.from(properties);
        RtpPorts ports = new RtpPorts(20_000, 20_100, new Random(1));
        PhoneMedia media = new PhoneMedia(new BenchEngine().media(), ports, new Random(1), 1);
        loop = new CallLoop(new CallLoop.Parts(
                config,
                media,
                new Prompts(Optional.empty()),
                new Nobody(),
                work -> new Thread(work).start(),
                call -> {},
                Clock.systemUTC()));
        new Thread(loop).start();
        endpoint = SipEndpoint.open(config, Optional.of(loop));
    }

    private void stop() {
        if (loop != null) {
            assertTrue(loop.close(5000));
            endpoint.close();
            loop = null;
        }
    }

    /** There is no conference here, and nobody calls. */
    private static final class Nobody implements Conference {
        @Override
        public Judgement judge(String id, String pin) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public Seat enter(Entry entry, String displayName, Guest guest) {
            throw new AssertionError("nobody calls");
        }
    }

    /**
     * The next registration; what else comes in between is answered, or left alone. A request comes once more when its answer took
     * longer than half a second (RFC 3261 section 17.1.2.2), which is no new one.
     */
    private String hear() throws Exception {
        while (true) {
            String message = hearAnything();
            if (answered.contains(message)) {
                continue;
            }
            if (message.startsWith("REGISTER")) {
                return message;
            }
            say(message, "200 OK", "");
        }
    }

    private String hearAnything() throws Exception {
        last = new DatagramPacket(new byte[4000], 4000);
        registrar.receive(last);
        return new String(last.getData(), 0, last.getLength(), UTF_8);
    }

    private long gauge(String name) {
        return loop.figures().gauges().getOrDefault(name, -1L);
    }

    private void becomes(String name, long value) throws InterruptedException {
        for (int wait = 0; wait < 100 && gauge(name) != value; wait++) {
            Thread.sleep(100);
        }
        assertEquals(value, gauge(name), name);
    }

    private void say(String request, String status, String more) throws Exception {
        answered.add(request);
        byte[] bytes = answer(request, status, more).getBytes(UTF_8);
        registrar.send(new DatagramPacket(bytes, bytes.length, last.getSocketAddress()));
    }

    private static String answer(String request, String status, String more) {
        StringBuilder answer = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        for (String line : request.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("via:")
                    || lower.startsWith("from:")
                    || lower.startsWith("call-id:")
                    || lower.startsWith("cseq:")) {
                answer.append(line).append("\r\n");
            } else if (lower.startsWith("to:")) {
                answer.append(line).append(";tag=r1\r\n");
            }
        }
        return answer.append(more).append("Content-Length: 0\r\n\r\n").toString();
    }

    private static String field(String message, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(message);
        assertTrue(found.find(), pattern + " in " + message);
        return found.group(1);
    }

    private static String challenge(String realm, String more) {
        return "WWW-Authenticate: Digest realm=\"" + realm + "\", nonce=\"abc\", qop=\"auth\"" + more + "\r\n";
    }

    @Test
    void itRegistersProvesItselfAndUnregistersAtTheEnd() throws Exception {
        start("sip.example.org");
        String first = hear();
        assertTrue(first.startsWith("REGISTER sip:sip.example.org SIP/2.0\r\n"), first);
        assertFalse(first.contains("Authorization"), first);
        assertEquals("300", field(first, "\r\nExpires: (\\d+)"));
        say(
                first,
                "401 Unauthorized",
                challenge("sip.example.org", ", algorithm=MD5") + challenge("sip.example.org", ", algorithm=SHA-256"));

        String second = hear();
        assertEquals("SHA-256", field(second, "algorithm=([^,\r]+)"));
        assertEquals("00000001", field(second, "nc=(\\w+)"));
        assertEquals(64, field(second, "response=\"(\\w+)\"").length());
        assertFalse(second.contains("s3cret"));
        say(second, "200 OK", "Contact: <sip:plenum@127.0.0.1>;expires=2\r\n");

        String refresh = hear(); // at half of two seconds
        assertTrue(refresh.startsWith("REGISTER"), refresh);
        assertEquals("00000002", field(refresh, "nc=(\\w+)"), "the nonce is used again");
        say(refresh, "200 OK", "Contact: <sip:plenum@127.0.0.1>;expires=300\r\n");

        Thread stopping = new Thread(this::stop);
        Thread.sleep(300);
        stopping.start();
        String last = hear();
        assertEquals("0", field(last, "\r\nExpires: (\\d+)"));
        stopping.join();
    }

    @Test
    void theTrunkIsAskedWhetherItIsThere() throws Exception {
        start("sip.example.org");
        String message = hearAnything();
        while (!message.startsWith("OPTIONS")) {
            say(message, "200 OK", "");
            message = hearAnything();
        }
        assertTrue(message.startsWith("OPTIONS sip:127.0.0.1 SIP/2.0\r\n"), message);
        say(message, "404 Not Found", ""); // an answer is an answer
        becomes("trunk_test_registered", 1);
        becomes("trunk_test_reachable", 1);
    }

    @Test
    void overTlsOnlyWhomTheCertificateNamesGetsAProof() throws Exception {
        Path folder = Files.createTempDirectory("plenum-sip");
        try (SSLServerSocket secure = secureRegistrar(folder, "other.example.org")) {
            start("sip.example.org", tls(folder, secure.getLocalPort()));
            try (Socket connection = accept(secure)) {
                String first = read(connection);
                assertFalse(first.contains("Authorization"), first);
                connection.getOutputStream().write(answer(first, "200 OK", "").getBytes(UTF_8));
                Thread.sleep(1000);
                assertEquals(0, gauge("trunk_test_registered"));
            }
        }
        stop();
        try (SSLServerSocket secure = secureRegistrar(folder, "sip.example.org")) {
            start("sip.example.org", tls(folder, secure.getLocalPort()));
            try (Socket connection = accept(secure)) {
                String first = read(connection);
                connection.getOutputStream().write(answer(first, "200 OK", "").getBytes(UTF_8));
                becomes("trunk_test_registered", 1);
            }
        }
    }

    private static String[] tls(Path folder, int port) {
        return new String[] {
            "tls.keystore",
            folder.resolve("keys.p12").toString(),
            "tls.password",
            "changeit",
            "tls.truststore",
            folder.resolve("trust.p12").toString(),
            "tls.port",
            String.valueOf(FreePort.any()),
            "trunk.test.transport",
            "tls",
            "trunk.test.registrar",
            "127.0.0.1:" + port,
            "trunk.test.ping",
            "127.0.0.1:9", // out of the way
        };
    }

    /** A registrar whose certificate is for this name; our side trusts it. */
    private static SSLServerSocket secureRegistrar(Path folder, String name) throws Exception {
        Path store = folder.resolve("keys.p12");
        Files.deleteIfExists(store);
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertEquals(0, made);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", keys.getCertificate("test"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trusted.store(out, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, LOOPBACK);
    }

    private static Socket accept(SSLServerSocket secure) throws Exception {
        secure.setSoTimeout(10_000);
        Socket connection = secure.accept();
        connection.setSoTimeout(10_000);
        return connection;
    }

    /** Up to the end of a request; the stack begins with empty lines. */
    private static String read(Socket connection) throws Exception {
        StringBuilder text = new StringBuilder();
        while (!text.toString().strip().contains("Content-Length")) {
            byte[] octets = new byte[8000];
            int length = connection.getInputStream().read(octets);
            assertTrue(length > 0, text.toString());
            text.append(new String(octets, 0, length, UTF_8));
        }
        return text.toString().strip();
    }

    @Test
    void anotherRealmNeverGetsAProof() throws Exception {
        start("sip.example.org");
        String first = hear();
        say(first, "401 Unauthorized", challenge("evil.example.org", ", algorithm=MD5"));
        registrar.setSoTimeout(3000);
        try {
            String next = hear();
            assertFalse(next.contains("response="), next);
        } catch (SocketTimeoutException quiet) {
            assertEquals("Receive timed out", quiet.getMessage());
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndAgain() throws Exception {
        start("sip.example.org");
        String first = hear();
        say(first, "401 Unauthorized", challenge("sip.example.org", ""));
        String second = hear();
        assertTrue(second.contains("response="), second);
        long refusedNs = System.nanoTime();
        say(second, "401 Unauthorized", challenge("sip.example.org", ""));
        String third = hear();
        assertTrue(System.nanoTime() - refusedNs > 3_000_000_000L, "it waits");
        assertFalse(third.contains("response="), third);
    }

    @Test
    void tooBriefIsAskedForLonger() throws Exception {
        start("sip.example.org");
        String first = hear();
        say(first, "423 Interval Too Brief", "Min-Expires: 1800\r\n");
        assertEquals("1800", field(hear(), "\r\nExpires: (\\d+)"));
    }

    @Test
    void afterARestartItRegistersAgain() throws Exception {
        start("sip.example.org");
        say(hear(), "200 OK", "");
        Thread.sleep(200);
        Thread stopping = new Thread(this::stop);
        stopping.start();
        hear();
        stopping.join();
        start("sip.example.org");
        String again = hear();
        assertEquals("300", field(again, "\r\nExpires: (\\d+)"));
    }
}
