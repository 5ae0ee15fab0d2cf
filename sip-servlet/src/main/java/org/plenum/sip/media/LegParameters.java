/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.plenum.sip.audio.Codecs;
import org.plenum.sip.call.Protection;

/**
 * What was negotiated for the sound of a call.
 *
 * @param payloadType of the codec, as both sides number it
 * @param keyType payload type of telephone-event (RFC 4733), or -1
 * @param remote where packets go, and the only place they are taken from
 * @param sending false on hold
 * @param receiving false when the other side will not send
 * @param toneKeys whether to listen for keys in the sound
 * @param latching from which other addresses the first valid packet may come: none, or those of the trunk
 * @param reportsBeside whether RTCP shares the port (RFC 5761)
 * @param protection keys of SRTP, absent when the sound is not protected
 */
public record LegParameters(
        Codecs codec,
        int payloadType,
        int keyType,
        InetSocketAddress remote,
        boolean sending,
        boolean receiving,
        boolean toneKeys,
        Predicate<InetAddress> latching,
        boolean reportsBeside,
        Optional<Protection.Pair> protection) {
    @Override
    public String toString() {
        return "(leg " + codec + ")";
    }
}
