/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The common port between real sockets. */
@Timeout(60)
class FrontTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final byte[] ALLOCATE =
            HexFormat.of().parseHex("000300082112a4420102030405060708090a0b0c0019000411000000");

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket turn;
    private ServerSocket https;
    private int port;
    private Front front;

    @BeforeAll
    static void keys() throws Exception {
        for (String name : new String[] {"own", "other"}) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "front",
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=localhost",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "password",
                            "-keystore",
                            folder.resolve(name).toString())
                    .start();
            assertEquals(0, keytool.waitFor());
        }
    }

    @BeforeEach
    void open() throws Exception {
        turn = new ServerSocket(0, 50, LOOPBACK);
        listen("own");
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        start(true);
    }

    private void listen(String keys) throws Exception {
        https = context(keys).getServerSocketFactory().createServerSocket(0, 50, LOOPBACK);
    }

    private void start(boolean proxyProtocol) throws IOException {
        front = Front.open(config(folder.resolve("own"), proxyProtocol));
    }

    private FrontConfig config(Path keys, boolean proxyProtocol) {
        return new FrontConfig(
                LOOPBACK,
                port,
                "localhost",
                keys,
                "password",
                new InetSocketAddress(LOOPBACK, https.getLocalPort()),
                proxyProtocol,
                new InetSocketAddress(LOOPBACK, turn.getLocalPort()));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        front.close();
        turn.close();
        https.close();
    }

    private static SSLContext context(String keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(folder.resolve(keys).toFile(), "password".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new TrustManager[] {new Anybody()}, new SecureRandom());
        return context;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(5000);
        open.add(socket);
        return socket;
    }

    private SSLSocket secure(SSLParameters parameters) throws Exception {
        SSLSocket socket =
                (SSLSocket) context("own").getSocketFactory().createSocket(connect(), "localhost", port, true);
        if (parameters != null) {
            socket.setSSLParameters(parameters);
        }
        return socket;
    }

    private static SSLParameters alpn(String protocol) {
        SSLParameters parameters = new SSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        return parameters;
    }

    private Socket arrived(ServerSocket server) throws IOException {
        server.setSoTimeout(5000);
        Socket socket = server.accept();
        socket.setSoTimeout(5000);
        open.add(socket);
        return socket;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') {
                return line.toString(US_ASCII);
            }
        }
        return line + "(end)";
    }

    private void reachesTurn(Socket client) throws IOException {
        client.getOutputStream().write(ALLOCATE);
        Socket behind = arrived(turn);
        assertTrue(line(behind.getInputStream())
                .matches("PROXY TCP4 127\\.0\\.0\\.1 127\\.0\\.0\\.1 \\d+ " + port + "\r\n"));
        assertArrayEquals(ALLOCATE, behind.getInputStream().readNBytes(ALLOCATE.length));
        behind.getOutputStream().write(new byte[] {7, 8, 9});
        assertArrayEquals(new byte[] {7, 8, 9}, client.getInputStream().readNBytes(3));
        byte[] much = new byte[1 << 20];
        new Random(1).nextBytes(much);
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return client.getInputStream().readNBytes(much.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        behind.getOutputStream().write(much);
        behind.close();
        assertArrayEquals(much, read.join());
        assertEquals(-1, client.getInputStream().read(), "one end ends the other");
    }

    @Test
    void turnGoesToTheRelay() throws Exception {
        reachesTurn(connect());
    }

    @Test
    void turnWithinTlsGoesToTheRelayDecrypted() throws Exception {
        reachesTurn(secure(null));
        reachesTurn(secure(alpn("stun.turn")));
    }

    /** The listener hears of the client, and the two talk. */
    private void reachesHttps(Socket client, boolean raw) throws Exception {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
            try {
                Socket behind = arrived(https);
                if (behind instanceof SSLSocket secure && raw) {
                    SSLParameters parameters = secure.getSSLParameters();
                    parameters.setApplicationProtocols(new String[] {"http/1.1"});
                    secure.setSSLParameters(parameters);
                }
                assertEquals("GET / HTTP/1.1\r\n", line(behind.getInputStream()));
                behind.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        client.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
        assertEquals("HTTP/1.1 200 OK\r\n", line(client.getInputStream()));
        served.get(5, TimeUnit.SECONDS);
    }

    @Test
    void httpsIsCarriedOnAsItIs() throws Exception {
        front.close();
        start(false);
        reachesHttps(secure(alpn("http/1.1")), true);
    }

    @Test
    void httpsThatDoesNotSayWhatItIsIsEncryptedAnew() throws Exception {
        front.close();
        start(false);
        reachesHttps(secure(null), false);
    }

    @Test
    void theListenerHearsByTheProxyProtocolWhoComes() throws Exception {
        https.close();
        https = new ServerSocket(0, 50, LOOPBACK);
        front.close();
        start(true);
        SSLSocket client = secure(alpn("h2"));
        CompletableFuture<Void> shaking = CompletableFuture.runAsync(() -> {
            try {
                client.startHandshake();
            } catch (IOException expected) {
                // nobody answers
            }
        });
        Socket behind = arrived(https);
        assertTrue(line(behind.getInputStream()).startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 "));
        assertEquals(22, behind.getInputStream().read());
        behind.close();
        shaking.get(5, TimeUnit.SECONDS);
    }

    @Test
    void anotherCertificateBehindIsNotTrusted() throws Exception {
        front.close();
        https.close();
        listen("other");
        start(false);
        SSLSocket client = secure(null);
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
            try {
                arrived(https).getInputStream().read();
            } catch (IOException expected) {
                // refused
            }
        });
        client.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
        assertTrue(endsSoon(client));
        served.get(5, TimeUnit.SECONDS);
    }

    private static boolean endsSoon(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }

    @Test
    void plainHttpIsSentToHttps() throws Exception {
        Socket client = connect();
        client.getOutputStream().write("GET /room/1?a=b HTTP/1.1\r\nAccept: */*\r\nHo".getBytes(US_ASCII));
        client.getOutputStream().flush();
        client.getOutputStream().write("st: meet.example.org:443\r\n\r\n".getBytes(US_ASCII));
        assertEquals("HTTP/1.1 308 Permanent Redirect\r\n", line(client.getInputStream()));
        assertEquals("Location: https://meet.example.org:443/room/1?a=b\r\n", line(client.getInputStream()));
        Socket wrong = connect();
        wrong.getOutputStream().write("GET / HTTP/1.1\r\nHost: a b<c>\r\n\r\n".getBytes(US_ASCII));
        assertEquals("HTTP/1.1 400 Bad Request\r\n", line(wrong.getInputStream()));
    }

    @Test
    void whatIsNothingOfThisEnds() throws Exception {
        for (String first : new String[] {"80ff", "0003000800000000", "160300ffff01", "ff", "16030100050200000101"}) {
            Socket client = connect();
            client.getOutputStream().write(HexFormat.of().parseHex(first));
            assertTrue(endsSoon(client), first);
        }
    }

    @Test
    void whoSaysNothingOrVeryLittleIsNotWaitedForLong() throws Exception {
        Socket silent = connect();
        Socket slow = connect();
        slow.setSoTimeout(500);
        byte[] hello = hello();
        int sent = 0;
        long begin = System.nanoTime();
        while (sent < hello.length && !endsSoon(slow)) {
            slow.getOutputStream().write(hello, sent++, 1);
        }
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(Front.FIRST_BYTES_S + 5L), "slow: " + sent);
        assertTrue(endsSoon(silent));
    }

    @Test
    void onlyRecommendedSuitesAreThere() throws Exception {
        for (String suite : Front.SUITES) {
            SSLParameters one = new SSLParameters(
                    new String[] {suite}, new String[] {suite.startsWith("TLS_A") ? "TLSv1.3" : "TLSv1.2"});
            if (!suite.contains("ECDSA")) { // the key here is RSA
                SSLSocket client = secure(one);
                client.startHandshake();
                assertEquals(suite, client.getSession().getCipherSuite());
            }
        }
        for (String suite : new String[] {
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
        }) {
            SSLSocket client = secure(new SSLParameters(new String[] {suite}, new String[] {"TLSv1.2"}));
            assertThrows(SSLException.class, client::startHandshake, suite);
        }
    }

    @Test
    void oneAddressHasSoManyConnectionsAndNoMore() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < Front.MOST_OF_ADDRESS; i++) {
            sockets.add(connect());
        }
        assertTrue(endsSoon(connect()));
        sockets.get(0).close();
        Thread.sleep(200);
        reachesTurn(connect());
    }

    @Test
    void complaintsNameTheProperty() throws Exception {
        IOException taken = assertThrows(IOException.class, () -> start(false));
        assertTrue(taken.getMessage().startsWith("plenum.front.port " + port), taken.getMessage());
        Path nothing = folder.resolve("nothing");
        IOException noKeys = assertThrows(IOException.class, () -> Front.open(config(nothing, false)));
        assertTrue(noKeys.getMessage().startsWith("plenum.front.key-store"), noKeys.getMessage());
        for (String wrong : new String[] {"", "host", "a b:1", "host:70000"}) {
            assertThrows(IllegalArgumentException.class, () -> FrontConfig.https(wrong), wrong);
        }
        assertEquals(8443, FrontConfig.https("127.0.0.1:8443").getPort());
        assertEquals("turns:meet.example.org:443?transport=tcp", FrontConfig.turnUrl("meet.example.org", 443));
    }

    @Test
    void aClientHelloIsReadHoweverItIsDamaged() throws Exception {
        byte[] hello = hello();
        FirstBytes first = FirstBytes.of(Unpooled.wrappedBuffer(hello));
        assertEquals(FirstBytes.Kind.TLS, first.kind());
        assertEquals(List.of("http/1.1"), first.protocols());
        for (int length = 0; length < hello.length; length++) {
            ByteBuf part = Unpooled.wrappedBuffer(hello, 0, length);
            assertEquals(FirstBytes.Kind.INCOMPLETE, FirstBytes.of(part).kind());
        }
        Random random = new Random(1);
        for (int i = 0; i < Integer.getInteger("plenum.fuzz.mutations", 300); i++) {
            byte[] mutant = Arrays.copyOf(hello, hello.length - random.nextInt(3));
            for (int change = random.nextInt(4); change >= 0; change--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            FirstBytes.of(Unpooled.wrappedBuffer(mutant)); // whatever it says, it says it
        }
    }

    private byte[] hello() throws Exception {
        try (ServerSocket recorder = new ServerSocket(0, 1, LOOPBACK);
                Socket plain = new Socket(LOOPBACK, recorder.getLocalPort());
                Socket seen = arrived(recorder)) {
            SSLSocket client =
                    (SSLSocket) context("own").getSocketFactory().createSocket(plain, "meet.example.org", 443, true);
            client.setSSLParameters(alpn("http/1.1"));
            CompletableFuture<Void> shaking = CompletableFuture.runAsync(() -> {
                try {
                    client.startHandshake();
                } catch (IOException expected) {
                    // nobody answers
                }
            });
            byte[] head = seen.getInputStream().readNBytes(5);
            byte[] rest = seen.getInputStream().readNBytes((head[3] & 0xFF) << 8 | head[4] & 0xFF);
            plain.shutdownInput();
            seen.shutdownOutput();
            shaking.get(5, TimeUnit.SECONDS);
            byte[] hello = Arrays.copyOf(head, 5 + rest.length);
            System.arraycopy(rest, 0, hello, 5, rest.length);
            return hello;
        }
    }
}
