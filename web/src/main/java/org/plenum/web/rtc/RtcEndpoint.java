/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.SignalLink;
import org.plenum.web.socket.Closing;
import org.plenum.web.socket.Heartbeat;
import org.plenum.web.socket.Outbox;
import org.plenum.web.socket.SocketTimer;

/** One media socket: binary messages to the engine and back, nothing else. {@link ValidateFilter} has judged it before. */
@ServerEndpoint(value = "/livekit/rtc", configurator = RtcEndpoint.Handshake.class)
public class RtcEndpoint {
    /** LiveKit's clients may send 256 KiB at once; more is nobody's business. */
    static final int MOST_OCTETS = 256 * 1024;

    private static final Logger LOG = System.getLogger("org.plenum.web");
    private static final String REQUEST = "org.plenum.rtc.request";
    private static final int PINGS = 10; // s
    private static final long SEND_MS = 10_000;
    private static final Outbox.Limits WAITING = new Outbox.Limits(512, 4 << 20);

    @Inject
    private MediaAccess access;

    @Inject
    private SocketTimer timer;

    private volatile SignalLink link;
    private Outbox<byte[]> outbox;
    private Heartbeat heartbeat;
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
    public void open(Session session) {
        session.setMaxIdleTimeout(0); // the heartbeat knows better
        session.getAsyncRemote().setSendTimeout(SEND_MS);
        outbox = new Outbox<>(new SocketWriter(session), message -> message.length, WAITING);
        heartbeat = Heartbeat.start(session, timer, PINGS, () -> lost(session));
        RtcRequest request = (RtcRequest) session.getUserProperties().get(REQUEST);
        link = access.media().connect(request.token(), request.parameters(), new SignalClient() {
            @Override
            public void send(byte[] message) {
                if (!outbox.send(message)) {
                    outbox.close(1013, "too slow"); // not 1000: the client shall come back
                }
            }

            @Override
            public void close(int code, String reason) {
                outbox.close(code, reason);
            }
        });
    }

    private void lost(Session session) {
        end();
        Closing.close(session, 1011, "no sign of life");
    }

    /** Messages come in parts, because the container does not hold larger limits for whole ones. */
    @OnMessage
    public void binary(byte[] part, boolean last, Session session) {
        heartbeat.heard();
        if (partial.size() + part.length > MOST_OCTETS) {
            partial = new ByteArrayOutputStream();
            Closing.close(session, 1009, "message too large");
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
    public void text(String part, boolean last, Session session) {
        Closing.close(session, 1003, "binary messages only");
    }

    @OnMessage
    public void pong(PongMessage pong) {
        heartbeat.answered();
    }

    @OnClose
    public void closed() {
        end();
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        LOG.log(
                Level.DEBUG,
                () -> "a media socket failed: " + failure.getClass().getSimpleName());
        end();
        Closing.close(session, 1011, "internal error");
    }

    private void end() {
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (outbox != null) {
            outbox.abandon();
        }
        if (link != null) {
            link.closed();
        }
    }

    private record SocketWriter(Session session) implements Outbox.Writer<byte[]> {
        @Override
        public void write(byte[] message, Consumer<Throwable> done) {
            try {
                session.getAsyncRemote()
                        .sendBinary(
                                ByteBuffer.wrap(message),
                                result -> done.accept(result.isOK() ? null : result.getException()));
            } catch (IllegalStateException | RejectedExecutionException gone) {
                done.accept(gone);
            }
        }

        @Override
        public void close(int code, String reason) {
            Closing.close(session, code, reason);
        }
    }
}
