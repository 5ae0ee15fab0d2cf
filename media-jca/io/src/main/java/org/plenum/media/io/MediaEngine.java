/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.plenum.media.api.Media;
import org.plenum.media.livekit.Entrance;

/**
 * Port, loop and handshakes of one media engine. Knows nothing of Jakarta EE: the adapter, a test or a main method runs its loops
 * and lends the threads of its handshakes. Any thread.
 */
public final class MediaEngine implements AutoCloseable {
    private static final int MOST_HANDSHAKES = 40;

    private final MediaPort port;
    private final DtlsWorkers workers;
    private final MediaLoop loop;
    private final Media media;

    private MediaEngine(MediaPort port, MediaConfig config, Executor handshakes) throws IOException {
        this.port = port;
        workers = new DtlsWorkers(handshakes, MOST_HANDSHAKES);
        Entrance entrance = new Entrance(config.signal(), ConcurrentHashMap.newKeySet());
        loop = new MediaLoop(port, DtlsIdentity.generate(new SecureRandom(), Instant.now()), workers, config, entrance);
        media = new EngineMedia(loop, entrance);
    }

    /**
     * Takes the port; nothing moves before somebody runs the {@link #loops}.
     *
     * @param handshakes runs what blocks for up to {@value DtlsRole#TIMEOUT_MS} ms, about 40 at a time; may refuse by throwing
     *     {@link java.util.concurrent.RejectedExecutionException}
     * @throws IOException with the property in its message when the port is taken
     */
    public static MediaEngine open(MediaConfig config, Executor handshakes) throws IOException {
        MediaPort port = Sockets.open(config);
        try {
            return new MediaEngine(port, config, handshakes);
        } catch (IOException | RuntimeException failed) {
            port.close();
            throw failed;
        }
    }

    /** Each to be run on a thread of its own; it ends with {@link #close}. */
    public List<Runnable> loops() {
        return List.of(loop);
    }

    public Media media() {
        return media;
    }

    /** Clients are told, loops and handshakes end, the port is free. @return false when something still ran after that time. */
    public boolean close(Duration patience) {
        boolean ended = true;
        try {
            ended = loop.close(patience.toMillis());
            ended &= workers.awaitEnd(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        try {
            port.close();
        } catch (IOException e) {
            ended = false;
        }
        return ended;
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
