/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.List;
import java.util.stream.Stream;
import livekit.LivekitModels.Codec;

/**
 * What the session logic is told at start. Immutable.
 *
 * @param apiKey issuer of the access tokens, not empty
 * @param apiSecret signs them with HS256, at least 16 characters
 * @param server how this server calls itself
 * @param limits of everything a client can grow
 * @param relaying the TURN servers that clients are told of
 * @param videoCodecs what may be published, of {@link #VIDEO_CODECS}, at least one; the first is what clients fall back to
 * @param createsRooms whether whoever joins makes the room; otherwise it has to be made before, or the token has to say so
 */
public record SignalConfig(
        String apiKey,
        String apiSecret,
        Server server,
        SignalLimits limits,
        Relaying relaying,
        boolean createsRooms,
        List<String> videoCodecs) {
    /** All that can be forwarded, as descriptions write it. */
    public static final List<String> VIDEO_CODECS = List.of("VP8", "H264");

    public SignalConfig {
        videoCodecs = List.copyOf(videoCodecs);
        if (apiKey.isEmpty() || apiSecret.length() < 16) {
            throw new IllegalArgumentException("an API key and a secret of at least 16 characters are needed");
        }
        if (videoCodecs.isEmpty() || !VIDEO_CODECS.containsAll(videoCodecs)) {
            throw new IllegalArgumentException("video codecs are some of " + VIDEO_CODECS);
        }
    }

    /** A key and a secret, everything else as usual. */
    public static SignalConfig of(String apiKey, String apiSecret) {
        return new SignalConfig(apiKey, apiSecret, Server.USUAL, SignalLimits.USUAL, Relaying.NONE, true, VIDEO_CODECS);
    }

    /** MIME types of everything that may be published, video first: what clients fall back to. */
    List<Codec> codecs() {
        return Stream.concat(videoCodecs.stream().map(codec -> "video/" + codec), Stream.of("audio/opus", "audio/red"))
                .map(mime -> Codec.newBuilder().setMime(mime).build())
                .toList();
    }

    /** The secret must not reach a log. */
    @Override
    public String toString() {
        return "SignalConfig[" + apiKey + ", " + server + ", " + limits + "]";
    }

    /**
     * @param version in the form of LiveKit's server versions; clients switch features off for some old ones
     * @param region informative, may be empty
     * @param nodeId informative, may be empty
     */
    public record Server(String version, String region, String nodeId) {
        /** A version that makes clients use everything they can. */
        public static final Server USUAL = new Server("1.9.0", "", "");
    }
}
