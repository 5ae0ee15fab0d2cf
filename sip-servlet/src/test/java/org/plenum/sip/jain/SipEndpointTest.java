/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.SipException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real stack on a loopback port, asked in plain text. */
class SipEndpointTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private final int port = FreePort.any();
    private SipEndpoint endpoint;

    @AfterEach
    void close() {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Test
    void optionsOverUdpIsAnsweredWithTwoHundred() throws Exception {
        endpoint = SipEndpoint.open(config(port), Optional.empty());
        try (DatagramSocket phone = phone()) {
            String answer = ask(phone, port, request("OPTIONS", "sip:ping@127.0.0.1", ""));
            assertTrue(answer.startsWith("SIP/2.0 200 OK\r\n"), answer);
            for (String method : new String[] {"INVITE", "ACK", "CANCEL", "BYE", "OPTIONS"}) {
                assertTrue(answer.matches("(?s).*\r\nAllow: [^\r]*" + method + ".*"), answer);
            }
            assertTrue(answer.contains("Accept: application/sdp"), answer);
        }
    }

    @Test
    void severalAddressesOfBothFamiliesAreServed() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("plenum.sip.port", String.valueOf(port));
        properties.setProperty("plenum.sip.bind-address", "127.0.0.1, ::1");
        endpoint = SipEndpoint.open(SipConfig.from(properties), Optional.empty());
        InetAddress six = InetAddress.getByName("::1");
        try (DatagramSocket phone = phone();
                DatagramSocket phone6 = new DatagramSocket(0, six)) {
            assertTrue(ask(phone, port, request("OPTIONS", "sip:127.0.0.1", "")).startsWith("SIP/2.0 200"));
            String ask = request("OPTIONS", "sip:[::1]", "")
                    .replace("UDP 127.0.0.1;", "UDP [::1]:" + phone6.getLocalPort() + ";");
            String answer = ask(phone6, port, ask);
            assertTrue(answer.startsWith("SIP/2.0 200"), answer);
        }
    }

    @Test
    void aRepeatedRequestGetsTheSameTag() throws Exception {
        endpoint = SipEndpoint.open(config(port), Optional.empty());
        try (DatagramSocket phone = phone()) {
            String invite = request("INVITE", "sip:conference@127.0.0.1", "");
            String first = ask(phone, port, invite);
            assertTrue(first.startsWith("SIP/2.0 403 Forbidden\r\n"), first);
            assertEquals(toTag(first), toTag(ask(phone, port, invite)));
        }
    }

    @Test
    void refusalsSayWhatIsMissing() throws Exception {
        endpoint = SipEndpoint.open(config(port), Optional.empty());
        try (DatagramSocket phone = phone()) {
            String register = ask(phone, port, request("REGISTER", "sip:127.0.0.1", ""));
            assertTrue(register.startsWith("SIP/2.0 405 "), register);
            assertTrue(register.contains("Allow: "), register);
            String demanding =
                    ask(phone, port, request("OPTIONS", "sip:127.0.0.1", "Require: outbound\r\nRequire: timer\r\n"));
            assertTrue(demanding.startsWith("SIP/2.0 420 "), demanding);
            assertTrue(demanding.matches("(?s).*Unsupported: [^\r]*outbound.*"), demanding);
        }
    }

    @Test
    void optionsOverTcpIsAnsweredToo() throws Exception {
        endpoint = SipEndpoint.open(config(port), Optional.empty());
        try (Socket phone = new Socket()) {
            phone.connect(new InetSocketAddress(LOOPBACK, port), 2000);
            phone.setSoTimeout(5000);
            phone.getOutputStream()
                    .write(request("OPTIONS", "sip:127.0.0.1", "")
                            .replace("/UDP", "/TCP")
                            .getBytes(UTF_8));
            byte[] answer = new byte[2000];
            int length = phone.getInputStream().read(answer);
            assertTrue(new String(answer, 0, length, UTF_8).startsWith("SIP/2.0 200 OK"));
        }
    }

    @Test
    void scannersAndAcksHearNothingAndRubbishChangesNothing() throws Exception {
        endpoint = SipEndpoint.open(config(port), Optional.empty());
        try (DatagramSocket phone = phone()) {
            send(phone, port, request("OPTIONS", "sip:127.0.0.1", "User-Agent: friendly-scanner\r\n"));
            send(phone, port, request("ACK", "sip:127.0.0.1", ""));
            send(phone, port, "\u0000\u0001 rubbish \r\n\r\n");
            phone.setSoTimeout(500);
            assertThrows(SocketTimeoutException.class, () -> receive(phone));
            phone.setSoTimeout(5000);
            assertTrue(ask(phone, port, request("OPTIONS", "sip:127.0.0.1", "")).startsWith("SIP/2.0 200"));
        }
    }

    @Test
    void tenStartsAndStopsOnOnePortLeaveNoThread() throws Exception {
        SipEndpoint.open(config(port), Optional.empty()).close(); // what the JDK starts once and keeps
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        for (int i = 0; i < 10; i++) {
            SipEndpoint.open(config(port), Optional.empty()).close();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Set<Thread> left = newSince(before);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(50);
            left = newSince(before);
        }
        assertEquals(Set.of(), left);
    }

    @Test
    void aTakenPortNamesItsPropertyAndLeavesNothing() throws Exception {
        SipConfig config = config(port);
        try (DatagramSocket other = new DatagramSocket(port, LOOPBACK)) {
            assertTrue(other.isBound());
            SipException taken = assertThrows(SipException.class, () -> SipEndpoint.open(config, Optional.empty()));
            assertTrue(taken.getMessage().contains("plenum.sip.port"), taken.getMessage());
            assertTrue(taken.getMessage().contains(String.valueOf(port)), taken.getMessage());
        }
        endpoint = SipEndpoint.open(config, Optional.empty());
    }

    @Test
    void aPortThatOnlyTcpHasTakenIsToldAsWell() throws Exception {
        for (int i = 0; i < 4; i++) { // UDP has just been opened then, and has to be given back at once
            int half = FreePort.any();
            SipConfig config = config(half);
            try (ServerSocket other = new ServerSocket(half, 1, LOOPBACK)) {
                assertTrue(other.isBound());
                SipException taken = assertThrows(SipException.class, () -> SipEndpoint.open(config, Optional.empty()));
                assertTrue(taken.getMessage().contains("plenum.sip.port"), taken.getMessage());
            }
            SipEndpoint.open(config, Optional.empty()).close();
        }
    }

    @Test
    void settingsAreCheckedAndOffByDefault() {
        assertFalse(SipConfig.from(new Properties()).enabled());
        for (String wrong : new String[] {"0", "65536", "five"}) {
            Properties properties = new Properties();
            properties.setProperty("plenum.sip.port", wrong);
            String complaint = assertThrows(IllegalArgumentException.class, () -> SipConfig.from(properties))
                    .getMessage();
            assertTrue(complaint.contains("plenum.sip.port"), complaint);
        }
    }

    private static SipConfig config(int port) {
        Properties properties = new Properties();
        properties.setProperty("plenum.sip.port", String.valueOf(port));
        return SipConfig.from(properties);
    }

    private static String request(String method, String uri, String more) {
        return method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK7a1;rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:tester@127.0.0.1>;tag=1\r\nTo: <" + uri + ">\r\nCall-ID: c1@127.0.0.1\r\n"
                + "CSeq: 1 " + method + "\r\nContact: <sip:tester@127.0.0.1>\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    private static DatagramSocket phone() throws Exception {
        DatagramSocket phone = new DatagramSocket(0, LOOPBACK);
        phone.setSoTimeout(5000);
        return phone;
    }

    /** Asks again when no answer comes, as everybody does over UDP (RFC 3261 section 17.1.1.2, timer A). */
    private static String ask(DatagramSocket phone, int port, String request) throws Exception {
        phone.setSoTimeout(500);
        for (int attempt = 0; attempt < 10; attempt++) {
            send(phone, port, request);
            try {
                return receive(phone);
            } catch (SocketTimeoutException again) {
                continue;
            }
        }
        throw new SocketTimeoutException("no answer to ten requests");
    }

    private static void send(DatagramSocket phone, int port, String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        phone.send(new DatagramPacket(bytes, bytes.length, phone.getLocalAddress(), port));
    }

    private static String receive(DatagramSocket phone) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        phone.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static String toTag(String answer) {
        Matcher tag = Pattern.compile("\r\nTo: [^\r]*;tag=([^\r;]+)").matcher(answer);
        assertTrue(tag.find(), answer);
        return tag.group(1);
    }

    private static Set<Thread> newSince(Set<Thread> before) {
        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }
}
