/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.signaling;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.plenum.it.support.PlenumServer;

/** A WebSocket client (RFC 6455) that does what no proper one does: not read, send broken frames. */
final class RawSocket implements AutoCloseable {
    private final Socket socket = new Socket();
    private final OutputStream out;

    /** @param buffer octets that the client's system takes while nobody reads */
    RawSocket(String ticket, int buffer) {
        URI server = PlenumServer.baseUri();
        try {
            socket.setReceiveBufferSize(buffer);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            socket.setSoTimeout(30_000);
            out = socket.getOutputStream();
            out.write(("GET /v1/signaling/" + ticket + " HTTP/1.1\r\nHost: " + server.getAuthority()
                            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends a frame with a mask of zeros. */
    void send(int firstOctet, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstOctet);
        frame.write(0x80 | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        try {
            out.write(frame.toByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A client must mask (RFC 6455 section 5.1). */
    void sendUnmasked(byte[] payload) {
        try {
            out.write(0x81);
            out.write(payload.length);
            out.write(payload);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Reads up to the frame with which the server closes, and gives its code. */
    int awaitClose() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int blank = 0;
            while (blank < 4) { // the HTTP answer ends with an empty line
                int octet = in.readByte();
                blank = octet == '\r' || octet == '\n' ? blank + 1 : 0;
            }
            while (true) {
                int opcode = in.readByte() & 0x0F;
                int length = in.readByte() & 0x7F;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
                byte[] payload = in.readNBytes(length);
                if (opcode == 8) {
                    return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
