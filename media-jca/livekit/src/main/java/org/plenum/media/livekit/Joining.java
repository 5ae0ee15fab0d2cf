/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.ByteString;
import java.util.List;
import livekit.LivekitModels.ClientConfiguration;
import livekit.LivekitModels.ServerInfo;
import livekit.LivekitRtc.ICEServer;
import livekit.LivekitRtc.JoinResponse;
import livekit.LivekitRtc.ReconnectResponse;

/** The first message of a session and of a resumed one (contract livekit.md sections 5 and 14.2). */
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
                .setServerInfo(server(config))
                .setSubscriberPrimary(newcomer.subscribing().isPresent())
                .setPingInterval(PING_EVERY_S)
                .setPingTimeout(PING_TIMEOUT_S)
                .setClientConfiguration(ClientConfiguration.getDefaultInstance())
                .setSifTrailer(ByteString.copyFrom(around.sids().bytes(TRAILER)))
                .addAllEnabledPublishCodecs(config.codecs());
        olderFields(join, config);
        newcomer.room().participants().stream()
                .filter(p -> p != newcomer && !p.isHidden())
                .forEach(p -> join.addOtherParticipants(p.info()));
        return join.addAllIceServers(iceServers(newcomer, around)).build();
    }

    static ReconnectResponse again(Participant returner, Surroundings around) {
        return ReconnectResponse.newBuilder()
                .addAllIceServers(iceServers(returner, around))
                .setClientConfiguration(ClientConfiguration.getDefaultInstance())
                .setServerInfo(server(around.config()))
                .build();
    }

    private static ServerInfo server(SignalConfig config) {
        return ServerInfo.newBuilder()
                .setVersion(config.server().version())
                .setProtocol(PROTOCOL)
                .setRegion(config.server().region())
                .setNodeId(config.server().nodeId())
                .build();
    }

    private static List<ICEServer> iceServers(Participant who, Surroundings around) {
        return around.config()
                .relaying()
                .servers(who.sid(), around.wallMs(around.plane().nowNs()));
    }

    private static void olderFields(JoinResponse.Builder join, SignalConfig config) {
        join.setServerVersion(config.server().version())
                .setServerRegion(config.server().region());
    }
}
