/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.plenum.media.core.dtls.DtlsSession;
import org.plenum.media.core.dtls.Fingerprint;

/**
 * DTLS 1.2 by BouncyCastle (RFC 6347, RFC 5764). Its handshake blocks, so it runs on a worker; what it sends and what comes of it
 * is posted to the loop. Afterwards the loop owns the association and works on it itself, without waiting.
 *
 * <p>A client's hello may come in several datagrams (with a post-quantum key share it does). There is no cookie exchange: only
 * datagrams of paths that ICE has validated come here, which proves the address.
 */
final class BouncyDtls implements DtlsSession.Factory {
    /** Datagrams that wait for a worker; a flight of a browser has at most 8. */
    private static final int INBOUND = 32;
    /** Of our datagrams: what passes every path (RFC 8200 section 5 wants 1280), less the headers of IPv6, UDP and TURN. */
    private static final int SEND_LIMIT = 1200;

    private static final int RECEIVE_LIMIT = 2048;

    private final DtlsIdentity identity;
    private final DtlsWorkers workers;
    private final Executor loop;

    /** @param loop runs what it is given on the thread that owns the sessions; may refuse by throwing when it has ended */
    BouncyDtls(DtlsIdentity identity, DtlsWorkers workers, Executor loop) {
        this.identity = identity;
        this.workers = workers;
        this.loop = loop;
    }

    @Override
    public Fingerprint localFingerprint() {
        return identity.fingerprint();
    }

    @Override
    public DtlsSession open(boolean client, DtlsSession.Listener listener) {
        Session session = new Session(client, listener);
        if (client) {
            session.begin();
        }
        return session;
    }

    private enum Stage {
        WAITING,
        SHAKING_HANDS,
        CONNECTED,
        OVER
    }

    /** All fields belong to the loop, except what the transport shares with the worker. */
    private final class Session implements DtlsSession {
        private final boolean client;
        private final DtlsSession.Listener listener;
        private final DtlsRole.Result result = new DtlsRole.Result();
        private final Wire wire = new Wire();
        private final LastFlight order = new LastFlight();
        private Stage stage = Stage.WAITING;
        private DTLSTransport association;
        private byte[] plain;

        Session(boolean client, DtlsSession.Listener listener) {
            this.client = client;
            this.listener = listener;
        }

        @Override
        public void receive(ByteBuffer datagram) {
            if (stage == Stage.OVER || datagram.remaining() == 0 || datagram.remaining() > RECEIVE_LIMIT) {
                return;
            }
            if (stage == Stage.CONNECTED && isApplicationData(datagram)) {
                return; // SCTP: not served, and not worth its decryption
            }
            if (!client && stage != Stage.CONNECTED && !order.lets(datagram)) {
                return; // as if lost
            }
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            if (!wire.inbound.offer(copy)) {
                return; // as if lost; flights are repeated
            }
            if (stage == Stage.WAITING) {
                begin();
            } else if (stage == Stage.CONNECTED) {
                readOn();
            }
        }

        private static boolean isApplicationData(ByteBuffer datagram) {
            return datagram.get(datagram.position()) == 23; // RFC 5246 section 6.2.1; in WebRTC nobody mixes records
        }

        void begin() {
            if (workers.start(this::shakeHands)) {
                stage = Stage.SHAKING_HANDS;
            } else {
                wire.inbound.clear(); // the client repeats its hello
            }
        }

        /** On the worker. */
        private void shakeHands() {
            try {
                DTLSTransport finished = client
                        ? new DTLSClientProtocol().connect(new DtlsRole.Client(identity, result), wire)
                        : new DTLSServerProtocol().accept(new DtlsRole.Server(identity, result), wire);
                post(() -> connected(finished));
            } catch (TlsTimeoutException | InterruptedIOException late) {
                post(() -> over(Failure.TIMED_OUT));
            } catch (IOException refused) {
                post(() -> over(Failure.REFUSED));
            } catch (RuntimeException fault) { // of the library: one association's end, nobody else's
                post(() -> over(Failure.INTERNAL));
            }
        }

        private void post(Runnable what) {
            try {
                loop.execute(what);
            } catch (RuntimeException loopEnded) {
                wire.end();
            }
        }

        private void connected(DTLSTransport finished) {
            if (stage == Stage.OVER) { // closed meanwhile
                return;
            }
            association = finished;
            stage = Stage.CONNECTED;
            wire.direct = true;
            plain = new byte[RECEIVE_LIMIT];
            byte[] keys = result.keyingMaterial;
            result.keyingMaterial = null;
            listener.connected(result.profile, keys, result.peerCertificate);
            if (stage == Stage.CONNECTED) {
                readOn(); // what came after the last flight
            }
        }

        /** Alerts end the association; a repeated last flight is answered by the library. */
        private void readOn() {
            try {
                while (!wire.inbound.isEmpty()) {
                    association.receive(plain, 0, plain.length, 1);
                }
            } catch (InterruptedIOException nothingMore) {
                // the wire says so instead of waiting
            } catch (IOException | RuntimeException broken) {
                over(Failure.CLOSED_BY_PEER);
            }
            if (result.peerClosed) {
                over(Failure.CLOSED_BY_PEER);
            }
        }

        private void over(Failure reason) {
            if (stage != Stage.OVER) {
                end();
                listener.failed(reason);
            }
        }

        private void end() {
            stage = Stage.OVER;
            wire.end();
            association = null;
        }

        @Override
        public void close() {
            DTLSTransport open = association;
            if (stage == Stage.CONNECTED && open != null) {
                try {
                    open.close();
                } catch (IOException | RuntimeException anyway) {
                    // it is over in any case
                }
            }
            end();
        }

        /** The library's idea of a socket: queue in, loop out. */
        private final class Wire implements DatagramTransport {
            private final ArrayBlockingQueue<byte[]> inbound = new ArrayBlockingQueue<>(INBOUND);
            private volatile boolean ended;
            private volatile boolean direct; // the loop itself is at work

            void end() {
                ended = true;
                inbound.clear();
                inbound.offer(new byte[0]); // wakes the worker
            }

            @Override
            public int getReceiveLimit() {
                return RECEIVE_LIMIT;
            }

            @Override
            public int getSendLimit() {
                return SEND_LIMIT;
            }

            @Override
            public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
                byte[] datagram = next(waitMillis);
                if (ended) {
                    throw new IOException("closed");
                }
                if (datagram == null || datagram.length > length) {
                    return -1;
                }
                System.arraycopy(datagram, 0, target, offset, datagram.length);
                return datagram.length;
            }

            private byte[] next(int waitMillis) throws IOException {
                if (direct) {
                    byte[] datagram = inbound.poll();
                    if (datagram == null) {
                        throw new InterruptedIOException();
                    }
                    return datagram;
                }
                try {
                    return inbound.poll(waitMillis <= 0 ? DtlsRole.TIMEOUT_MS : waitMillis, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }

            @Override
            public void send(byte[] bytes, int offset, int length) {
                byte[] datagram = new byte[length];
                System.arraycopy(bytes, offset, datagram, 0, length);
                if (direct) {
                    listener.send(ByteBuffer.wrap(datagram));
                } else {
                    post(() -> {
                        if (stage != Stage.OVER) {
                            listener.send(ByteBuffer.wrap(datagram));
                        }
                    });
                }
            }

            @Override
            public void close() {}
        }
    }
}
