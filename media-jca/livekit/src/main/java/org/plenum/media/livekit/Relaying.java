/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import livekit.LivekitRtc.ICEServer;
import org.plenum.media.core.turn.TurnCredentials;

/**
 * The TURN servers that clients are told of, ours or others with the same secret. Name and password are made for each participant and
 * admit new allocations for {@value #LIFETIME_S} s.
 *
 * @param urls in the form of RFC 7065; none: clients get no server
 * @param secret shared by those servers; stays out of logs
 */
public record Relaying(List<String> urls, String secret) {
    public static final Relaying NONE = new Relaying(List.of(), "");
    static final long LIFETIME_S = 3600;

    public Relaying {
        urls = List.copyOf(urls);
        if (!urls.isEmpty() && secret.isEmpty()) {
            throw new IllegalArgumentException("TURN servers need a secret");
        }
    }

    /** @param sid of the participant they are for: random, it says nothing about a person */
    List<ICEServer> servers(String sid, long nowMs) {
        if (urls.isEmpty()) {
            return List.of();
        }
        String username = TurnCredentials.username(nowMs / 1000 + LIFETIME_S, sid);
        TurnCredentials credentials = new TurnCredentials(secret.getBytes(StandardCharsets.UTF_8));
        return List.of(ICEServer.newBuilder()
                .addAllUrls(urls)
                .setUsername(username)
                .setCredential(credentials.password(username))
                .build());
    }

    @Override
    public String toString() {
        return "Relaying" + urls;
    }
}
