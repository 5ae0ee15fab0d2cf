/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.bench;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.plenum.media.api.AudioTap;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.LeaveReason;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.OpusPacket;

/** The two doors of a media engine that telephones use; it plays no part in what is measured. */
public final class BenchEngine {
    final List<Consumer<AudioTapEvent>> taps = new CopyOnWriteArrayList<>();
    final Map<MediaRoomId, Consumer<OpusPacket>> listeners = new ConcurrentHashMap<>();

    private record Peer(Consumer<OpusPacket> listener) implements LocalPeer {
        @Override
        public void publish(OpusPacket packet) {
            listener.accept(packet);
        }

        @Override
        public void mute(boolean muted) {
            // nobody looks
        }

        @Override
        public void moveTo(MediaRoomId room) {
            // nobody looks
        }

        @Override
        public void close(LeaveReason reason) {
            // nobody looks
        }
    }

    /** Only what is asked for here exists. */
    @SuppressWarnings("unchecked")
    public Media media() {
        return (Media) Proxy.newProxyInstance(
                Media.class.getClassLoader(), new Class<?>[] {Media.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openLocalPeer")) {
                        return new Peer(listeners.getOrDefault((MediaRoomId) arguments[0], packet -> {}));
                    }
                    if (method.getName().equals("openAudioTap")) {
                        Consumer<AudioTapEvent> sink = (Consumer<AudioTapEvent>) arguments[2];
                        taps.add(sink);
                        return (AudioTap) () -> taps.remove(sink);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
