/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plenum.media.api.ConnectParameters;

/**
 * What a client says about itself in the query of the media socket (contract livekit.md section 1.2), as far as it matters.
 *
 * @param protocol of the client; 0 when it did not say
 * @param clientProtocol shown to the others, who decide by it what to send
 * @param room the room the client believes to join; empty when it did not say
 * @param autoSubscribe true: gets every track without asking
 * @param adaptiveStream true: will say how large it shows a video, until then the smallest will do
 * @param resume true: asks for its old session
 * @param sid of that session; empty when it did not say
 * @param reusesSections false for Safari, which does not take a new track in an old section
 * @param attributes what it says of itself; counts for whoever may do that
 */
record ClientParameters(
        int protocol,
        int clientProtocol,
        String room,
        boolean autoSubscribe,
        boolean adaptiveStream,
        boolean resume,
        String sid,
        boolean reusesSections,
        Map<String, String> attributes) {
    /** Somebody in this server, who receives nothing by subscription. */
    static final ClientParameters LOCAL = new ClientParameters(17, 0, "", false, false, false, "", true, Map.of());

    static ClientParameters of(ConnectParameters parameters) {
        String agent = parameters.userAgent();
        return new ClientParameters(
                number(parameters, "protocol"),
                number(parameters, "client_protocol"),
                parameters.value("room").orElse(""),
                parameters.value("auto_subscribe").isEmpty() || parameters.isOne("auto_subscribe"),
                parameters.isOne("adaptive_stream"),
                parameters.isOne("reconnect"),
                parameters.value("sid").orElse(""),
                !agent.contains("Safari") || agent.contains("Chrom"),
                attributes(parameters.value("attributes").orElse("")));
    }

    /** JSON in base64url; nothing when it cannot be read. */
    private static Map<String, String> attributes(String encoded) {
        Map<String, String> attributes = new LinkedHashMap<>();
        try {
            Json.object(Base64.getUrlDecoder().decode(encoded))
                    .ifPresent(object -> object.forEach((name, value) -> {
                        if (value instanceof String text) {
                            attributes.put(name, text);
                        }
                    }));
        } catch (IllegalArgumentException notBase64) {
            return Map.of();
        }
        return attributes;
    }

    private static int number(ConnectParameters parameters, String name) {
        String text = parameters.value(name).orElse("");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
