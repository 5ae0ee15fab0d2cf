/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;

/**
 * The encodings sent and received at the same time (RFC 8853 section 5.1). Each stream is a list of alternatives, the
 * preferred first; the mark of an initially paused stream is dropped, as such a stream is negotiated like any other.
 */
public record Simulcast(List<List<String>> send, List<List<String>> receive) {
    public Simulcast {
        send = send.stream().map(List::copyOf).toList();
        receive = receive.stream().map(List::copyOf).toList();
    }
}
