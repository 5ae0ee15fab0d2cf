/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.SignalLink;

/** One media socket: binary messages to the engine and back, nothing else. {@link ValidateFilter} has judged it before. */
@ServerEndpoint(value = "/livekit/rtc", configurator = RtcEndpoint.Handshake.class)
public class RtcEndpoint {
    /** LiveKit's clients may send 256 KiB at once; more is nobody's business. */
    static final int MOST_OCTETS = 256 * 1024;

    private static final Logger LOG = System.getLogger("org.plenum.web.rtc");
    private static final String REQUEST = "org.plenum.rtc.request";
    private static final long PING_SECONDS = 10;
    private static final long IDLE_MS = 45_000; // three lost pings and some patience
    private static final long SEND_MS = 10_000;

    @Inject
    private MediaAccess access;

    private SignalLink link;
    private BinaryOutbox outbox;
    private ScheduledFuture<?> pings;
    private ByteArrayOutputStream partial = new ByteArrayOutputStream();

    /** Carries the request's headers over to the session. */
    public static class Handshake extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            return true; // any page may hold a client; the token is the protection
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties()
                    .put(
                            REQUEST,
                            RtcRequest.of(
                                    request.getParameterMap(),
                                    first(request.getHeaders(), RtcRequest.TOKEN_HEADER),
                                    first(request.getHeaders(), "User-Agent")));
        }

        private static String first(Map<String, List<String>> headers, String name) {
            List<String> values = headers.get(name);
            return values == null || values.isEmpty() ? null : values.get(0);
        }
    }

    @OnOpen
    public void open(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(IDLE_MS);
        session.getAsyncRemote().setSendTimeout(SEND_MS);
        outbox = new BinaryOutbox(new SocketWriter(session));
        RtcRequest request = (RtcRequest) session.getUserProperties()
                .getOrDefault(REQUEST, config.getUserProperties().get(REQUEST));
        link = access.media().connect(request.token(), request.parameters(), new SignalClient() {
            @Override
            public void send(byte[] message) {
                outbox.send(message);
            }

            @Override
            public void close(int code, String reason) {
                outbox.close(code, reason);
            }
        });
        pings = access.timer().scheduleAtFixedRate(() -> ping(session), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    /** Messages come in parts, because the container does not hold larger limits for whole ones. */
    @OnMessage
    public void binary(byte[] part, boolean last, Session session) throws IOException {
        if (partial.size() + part.length > MOST_OCTETS) {
            partial = new ByteArrayOutputStream();
            session.close(new CloseReason(CloseReason.CloseCodes.TOO_BIG, "message too large"));
            return;
        }
        partial.writeBytes(part);
        if (last) {
            byte[] message = partial.toByteArray();
            partial.reset();
            link.received(message);
        }
    }

    @OnMessage
    public void text(String part, boolean last, Session session) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "binary messages only"));
    }

    @OnClose
    public void closed() {
        end();
    }

    @OnError
    public void failed(Session session, Throwable failure) throws IOException {
        LOG.log(
                Level.DEBUG,
                () -> "a media socket failed: " + failure.getClass().getSimpleName());
        end();
        session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "internal error"));
    }

    private void end() {
        if (pings != null) {
            pings.cancel(false);
        }
        if (outbox != null) {
            outbox.abandon();
        }
        if (link != null) {
            link.closed();
        }
    }

    private void ping(Session session) {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalArgumentException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "a ping could not be sent; the idle timeout ends the socket");
        }
    }

    private record SocketWriter(Session session) implements BinaryOutbox.Writer {
        @Override
        public void write(ByteBuffer message, Consumer<Throwable> done) {
            try {
                RemoteEndpoint.Async remote = session.getAsyncRemote();
                remote.sendBinary(message, result -> done.accept(result.isOK() ? null : result.getException()));
            } catch (IllegalStateException | RejectedExecutionException gone) {
                done.accept(gone);
            }
        }

        @Override
        public void close(int code, String reason) {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
            } catch (IOException | IllegalStateException gone) {
                LOG.log(Level.DEBUG, "the socket was closed before");
            }
        }
    }
}
