/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.plenum.sip.audio.Codecs;
import org.plenum.sip.call.Negotiation.Agreement;

/** Writes our session descriptions (RFC 8866). One a call: its version grows with every change. */
public final class Description {
    private static final String OPUS_PARAMETERS =
            "maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;useinbandfec=1";

    private final long id;
    private final String address;
    private final int port;
    private int version;

    /**
     * @param id of the session, not negative
     * @param address where we listen, as the other side reaches it
     * @param port of RTP
     */
    public Description(long id, String address, int port) {
        this.id = id;
        this.address = address;
        this.port = port;
    }

    /** The answer: one codec, keys, and every other m-line of the offer refused in its place. */
    public String answer(Offer offer, Agreement agreement, Optional<Protection.Pair> protection) {
        StringBuilder text = begin();
        for (int i = 0; i < offer.sections().size(); i++) {
            if (i == agreement.section()) {
                audio(text, offer.sections().get(i).protocol(), agreement);
                protection.ifPresent(pair -> crypto(text, pair.ours()));
            } else {
                Offer.Section refused = offer.sections().get(i);
                line(
                        text,
                        "m=" + refused.type() + " 0 " + refused.protocol() + " "
                                + (refused.formats().isEmpty() ? "0" : formats(refused.formats())));
            }
        }
        return text.toString();
    }

    /**
     * An offer of everything, for a telephone that makes none.
     *
     * @param keys of ours, best first
     * @param plainToo whether the telephone may do without
     */
    public String offer(List<Crypto> keys, boolean plainToo) {
        StringBuilder text = begin();
        List<Map.Entry<Integer, String>> all = Negotiation.own();
        line(
                text,
                "m=audio " + port + (plainToo ? " RTP/AVP " : " RTP/SAVP ")
                        + formats(all.stream().map(Map.Entry::getKey).toList()));
        all.forEach(format -> line(text, "a=rtpmap:" + format.getKey() + " " + format.getValue()));
        line(text, "a=fmtp:96 " + OPUS_PARAMETERS);
        line(text, "a=fmtp:101 0-15");
        line(text, "a=fmtp:102 0-15");
        line(text, "a=ptime:20");
        line(text, "a=sendrecv");
        keys.forEach(each -> crypto(text, each));
        return text.toString();
    }

    private StringBuilder begin() {
        StringBuilder text = new StringBuilder(400);
        String family = address.indexOf(':') < 0 ? "IP4" : "IP6";
        line(text, "v=0");
        line(text, "o=plenum " + id + " " + version++ + " IN " + family + " " + address);
        line(text, "s=-");
        line(text, "c=IN " + family + " " + address);
        line(text, "t=0 0");
        return text;
    }

    private static void crypto(StringBuilder text, Crypto keys) {
        line(text, "a=crypto:" + keys.value());
    }

    private void audio(StringBuilder text, String protocol, Agreement agreement) {
        int type = agreement.payloadType();
        String keys = agreement.keyType() < 0 ? "" : " " + agreement.keyType();
        line(text, "m=audio " + port + " " + protocol + " " + type + keys);
        Codecs codec = agreement.codec();
        line(
                text,
                "a=rtpmap:" + type + " " + codec.encoding() + "/" + codec.clockRate()
                        + (codec == Codecs.OPUS ? "/2" : "")); // RFC 7587 section 7: always two
        if (codec == Codecs.OPUS) {
            line(text, "a=fmtp:" + type + " " + OPUS_PARAMETERS);
        }
        if (agreement.keyType() >= 0) {
            line(text, "a=rtpmap:" + agreement.keyType() + " telephone-event/" + agreement.keyClock());
            line(text, "a=fmtp:" + agreement.keyType() + " 0-15");
        }
        line(text, "a=ptime:20");
        if (agreement.reportsBeside()) {
            line(text, "a=rtcp-mux");
        }
        line(text, "a=" + direction(agreement.sending(), agreement.receiving()));
    }

    private static String direction(boolean sending, boolean receiving) {
        if (sending) {
            return receiving ? "sendrecv" : "sendonly";
        }
        return receiving ? "recvonly" : "inactive";
    }

    private static String formats(List<Integer> formats) {
        return formats.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
