/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.signaling;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.plenum.conference.live.ClientSocket;
import org.plenum.conference.live.LiveRooms;
import org.plenum.conference.live.MeetingUnavailable;
import org.plenum.conference.live.RoomLink;
import org.plenum.web.socket.Closing;
import org.plenum.web.socket.Heartbeat;
import org.plenum.web.socket.Outbox;
import org.plenum.web.socket.SocketTimer;
import org.plenum.web.undertow.Reading;

/** One signaling socket: text to the live room and back. {@link UpgradeFilter} has used up its token before. */
@ServerEndpoint(value = "/v1/signaling/{token}", configurator = SignalingEndpoint.AnyOrigin.class)
public class SignalingEndpoint {
    /** Characters of one message; excalidraw will want more (envelope.md section 8). */
    static final int MOST_CHARACTERS = 1 << 20;

    private static final Logger LOG = System.getLogger("org.plenum.web");
    private static final int PINGS = 20; // s
    private static final long SEND_MS = 10_000;
    private static final Outbox.Limits WAITING = new Outbox.Limits(256, 16 << 20);

    /** With these a client takes its leave: it closed the page, or said nothing more. */
    private static final Set<Integer> CLEAN = Set.of(1000, 1001, 1005);

    @Inject
    private LiveRooms rooms;

    @Inject
    private SocketTimer timer;

    private volatile RoomLink link;
    private Outbox<String> outbox;
    private Heartbeat heartbeat;
    private volatile boolean lost;
    private StringBuilder partial = new StringBuilder();

    /** The filter has looked at the origin, with the settings of the deployment. */
    public static class AnyOrigin extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }
    }

    @OnOpen
    public void open(Session session, @PathParam("token") String token) {
        session.setMaxIdleTimeout(0); // the heartbeat knows better
        session.getAsyncRemote().setSendTimeout(SEND_MS);
        outbox = new Outbox<>(new SocketWriter(session), String::length, WAITING);
        heartbeat = Heartbeat.start(session, timer, PINGS, () -> lost(session));
        try {
            Optional<RoomLink> connected = rooms.connect(token, new SessionSocket(session, outbox));
            connected.ifPresentOrElse(
                    live -> link = live, () -> Closing.close(session, 1008, "the token was not accepted"));
        } catch (MeetingUnavailable later) {
            Closing.close(session, 1011, "the meeting cannot be entered now");
        }
    }

    /** Messages come in parts, because the container does not hold larger limits for whole ones. */
    @OnMessage
    public void text(String part, boolean last, Session session) {
        heartbeat.heard();
        if (partial.length() + part.length() > MOST_CHARACTERS) {
            partial = new StringBuilder();
            Closing.close(session, 1009, "message too large");
            return;
        }
        partial.append(part);
        if (last) {
            String message = partial.toString();
            partial = new StringBuilder();
            if (link != null) {
                link.received(message);
            }
        }
    }

    /** Ignored, as the protocol says. */
    @OnMessage
    public void binary(byte[] part, boolean last) {
        heartbeat.heard();
    }

    @OnMessage
    public void pong(PongMessage pong) {
        heartbeat.answered();
    }

    @OnClose
    public void closed(CloseReason reason) {
        end(!lost && CLEAN.contains(reason.getCloseCode().getCode()));
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        LOG.log(
                Level.DEBUG,
                () -> "a signaling socket failed: " + failure.getClass().getSimpleName());
        end(false);
        Closing.close(session, 1011, "internal error");
    }

    private void lost(Session session) {
        lost = true;
        end(false);
        Closing.close(session, 1011, "no sign of life");
    }

    private void end(boolean clean) {
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (outbox != null) {
            outbox.abandon();
        }
        if (link != null) {
            link.closed(clean);
        }
    }

    private record SessionSocket(Session session, Outbox<String> outbox) implements ClientSocket {
        @Override
        public boolean send(String message) {
            return outbox.send(message);
        }

        @Override
        public void close(int code, String reason) {
            outbox.close(code, reason);
        }

        @Override
        public void pause() {
            Reading.pause(session);
        }

        @Override
        public void resume() {
            Reading.resume(session);
        }
    }

    private record SocketWriter(Session session) implements Outbox.Writer<String> {
        @Override
        public void write(String message, Consumer<Throwable> done) {
            try {
                session.getAsyncRemote()
                        .sendText(message, result -> done.accept(result.isOK() ? null : result.getException()));
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
