/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.it.support.PlenumServer;
import org.plenum.it.support.Sipp;

/** The telephone line as other exchanges see it: sipp plays them, scenario files in src/test/sipp. */
class SipIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "call | a call is answered at once and ended with 200",
                "hold | hold and resume are answered with recvonly and sendrecv",
                "refused | REFER, SUBSCRIBE and unknown methods are refused within a call, OPTIONS and UPDATE answered",
                "late | an INVITE without offer gets one, and its answer is taken from the ACK",
                "nocodec | no common codec is 488",
            })
    void scenario(String name, String told) {
        Sipp.play(name, "u1");
    }

    @Test
    void overTcpToo() {
        Sipp.play("call", "t1");
    }

    @Test
    void healthTellsOfCalls() throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(PlenumServer.managementUri().resolve("/health/ready"))
                .build();
        HttpResponse<String> health = HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, health.statusCode(), health.body());
        assertTrue(health.body().contains("\"telephone_calls\":"), health.body());
    }

    @Test
    void theTortureMessagesOfRfc4475ChangeNothing() throws Exception {
        List<byte[]> messages = torture();
        assertEquals(49, messages.size());
        for (byte[] message : messages) {
            try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
                socket.send(new DatagramPacket(message, message.length, LOOPBACK, PlenumServer.sipPort()));
            }
        }
        for (byte[] message : messages) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(LOOPBACK, PlenumServer.sipPort()), 5000);
                socket.getOutputStream().write(message);
            }
        }
        Sipp.play("call", "u1");
        Sipp.play("call", "t1");
        assertEquals(0, faults(), "nothing of it is a fault in the log");
    }

    private static List<byte[]> torture() throws IOException {
        try (InputStream in = SipIT.class.getResourceAsStream("/vectors/sip-torture-rfc4475.json");
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject().getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                    .map(message -> Base64.getDecoder().decode(message.getString("base64")))
                    .toList();
        }
    }

    private static long faults() throws IOException {
        try (Stream<String> lines = Files.lines(PlenumServer.runDirectory().resolve("log/wildfly.log"))) {
            return lines.filter(line -> line.contains("a fault in a telephone call"))
                    .count();
        }
    }

    @Test
    void numbersAndDigitsAreNowhereOnTheDisk() throws Exception {
        Sipp.play("digits", "u1");
        List<String> secrets = List.of("30222333444", "1357924680", "2468013579");
        for (String folder : List.of("log", "data", "wildfly/log")) {
            Path root = PlenumServer.runDirectory().resolve(folder);
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    for (String secret : secrets) {
                        assertTrue(!content.contains(secret), secret + " stands in " + file);
                    }
                }
            }
        }
    }
}
