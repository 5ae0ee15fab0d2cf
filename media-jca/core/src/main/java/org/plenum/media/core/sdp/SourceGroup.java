/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;

/** SSRCs that belong together (RFC 5576 section 4.2): FID is media and its retransmissions, SIM is simulcast. */
public record SourceGroup(String semantics, List<Long> ssrcs) {
    public SourceGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
