/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels.ParticipantInfo.Kind;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.Verdict;

/**
 * Access tokens and the judgement of requests for the media socket (contract livekit.md sections 1.4 and 2). Any thread.
 */
public final class Entrance {
    /** Longest identity, display name and room name, in characters. */
    static final int LONGEST_NAME = 256;

    private static final int OLDEST_PROTOCOL = 13; // older ones need other messages
    private static final Verdict NOT_ALLOWED = new Verdict(401, "not allowed"); // one text for all that is wrong

    private static final Verdict NO_ROOM =
            new Verdict(404, "requested room does not exist"); // clients look for these words

    private final SignalConfig config;
    private final Set<String> rooms;
    private final AccessTokens tokens;

    /** @param rooms names of the rooms that are there, kept by {@link SignalRooms}; for any thread if this is */
    public Entrance(SignalConfig config, Set<String> rooms) {
        this.config = config;
        this.rooms = rooms;
        tokens = new AccessTokens(config.apiKey(), config.apiSecret());
    }

    /** A client that may come in, or why it may not. */
    record Judgement(Verdict verdict, Optional<Grants> grants, ClientParameters client) {}

    /**
     * @param wallMs milliseconds since 1970
     * @return a signed token (JWT, HS256)
     */
    public String accessToken(AccessRequest request, long wallMs) {
        Grants grants = new Grants(
                request.room().value(),
                true,
                request.mayCreateRoom(),
                request.identity(),
                request.name(),
                "",
                Map.of(),
                Kind.STANDARD,
                request.sources(),
                request.maySubscribe(),
                false,
                false,
                request.hidden(),
                false);
        return tokens.sign(grants, request.life(), wallMs);
    }

    /** A token with the grants of now, for a client that is in. */
    String refreshed(Grants grants, Duration life, long wallMs) {
        return tokens.sign(grants, life, wallMs);
    }

    /** @return URLs of the TURN servers that participants are told of */
    public List<String> relays() {
        return config.relaying().urls();
    }

    SignalConfig config() {
        return config;
    }

    Set<String> rooms() {
        return rooms;
    }

    /** What the bearer may do with rooms from outside; empty for a token that is wrong. */
    Optional<ServiceGrants> service(String token, long wallMs) {
        return tokens.verifyService(token, wallMs);
    }

    /**
     * @param token null when the request had none
     * @param wallMs milliseconds since 1970
     * @return 200, 400 for a client or a name that cannot be served, 401 for everything that is wrong with the token, 404
     *     for a room that is not there and may not be made
     */
    public Verdict validate(String token, ConnectParameters parameters, long wallMs) {
        return judge(token, parameters, wallMs).verdict();
    }

    Judgement judge(String token, ConnectParameters parameters, long wallMs) {
        ClientParameters client = ClientParameters.of(parameters);
        Optional<Grants> grants = tokens.verify(token, wallMs).filter(Grants::join);
        Verdict verdict = grants.map(g -> verdict(g, client)).orElse(NOT_ALLOWED);
        return new Judgement(verdict, verdict.passed() ? grants : Optional.empty(), client);
    }

    private Verdict verdict(Grants grants, ClientParameters client) {
        if (!client.room().isEmpty() && !client.room().equals(grants.room())) {
            return NOT_ALLOWED; // a token for another room
        }
        if (!isName(grants.room())
                || !isName(grants.identity())
                || grants.name().length() > LONGEST_NAME) {
            return new Verdict(400, "room and identity need 1 to " + LONGEST_NAME + " characters");
        }
        boolean silent = client.protocol() == 0; // some only ask whether the token is good, and name none
        if (!silent && client.protocol() < OLDEST_PROTOCOL) {
            return new Verdict(400, "protocol " + OLDEST_PROTOCOL + " or newer is needed");
        }
        boolean exists = config.createsRooms() || grants.createRoom() || rooms.contains(grants.room());
        return exists ? Verdict.SUCCESS : NO_ROOM;
    }

    static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME;
    }
}
