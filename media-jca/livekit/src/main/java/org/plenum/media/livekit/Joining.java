/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.ByteString;
import livekit.LivekitModels.ClientConfiguration;
import livekit.LivekitModels.ServerInfo;
import livekit.LivekitRtc.ICEServer;
import livekit.LivekitRtc.JoinResponse;

/** The first message of a session (contract livekit.md section 5). */
final class Joining {
    private static final int PING_EVERY_S = 5;
    private static final int PING_TIMEOUT_S = 15;
    private static final int PROTOCOL = 17;
    private static final int TRAILER = 16;

    private Joining() {}

    static JoinResponse response(Participant newcomer, Surroundings around) {
        SignalConfig config = around.config();
        JoinResponse.Builder join = JoinResponse.newBuilder()
                .setRoom(newcomer.room().info())
                .setParticipant(newcomer.info())
                .setServerInfo(ServerInfo.newBuilder()
                        .setVersion(config.server().version())
                        .setProtocol(PROTOCOL)
                        .setRegion(config.server().region())
                        .setNodeId(config.server().nodeId()))
                .setSubscriberPrimary(newcomer.subscribing().isPresent())
                .setPingInterval(PING_EVERY_S)
                .setPingTimeout(PING_TIMEOUT_S)
                .setClientConfiguration(ClientConfiguration.getDefaultInstance())
                .setSifTrailer(ByteString.copyFrom(around.sids().bytes(TRAILER)))
                .addAllEnabledPublishCodecs(SignalRoom.codecs());
        olderFields(join, config);
        newcomer.room().participants().stream()
                .filter(p -> p != newcomer && !p.isHidden())
                .forEach(p -> join.addOtherParticipants(p.info()));
        config.iceServers()
                .forEach(s -> join.addIceServers(ICEServer.newBuilder()
                        .addAllUrls(s.urls())
                        .setUsername(s.username())
                        .setCredential(s.credential())));
        return join.build();
    }

    private static void olderFields(JoinResponse.Builder join, SignalConfig config) {
        join.setServerVersion(config.server().version())
                .setServerRegion(config.server().region());
    }
}
