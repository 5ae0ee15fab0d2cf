/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;

class PassedExtensionsTest {
    private final RtpWriter writer = new RtpWriter();

    private RtpView packet(int... ids) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        writer.begin(buffer, 0, false, 96, 1, 0, 7);
        for (int id : ids) {
            writer.extension(id, new byte[] {(byte) (id * 10)});
        }
        RtpView view = new RtpView();
        assertTrue(view.wrap(buffer, 0, writer.endHeader()));
        return view;
    }

    private RtpView passed(long passed, RtpView packet) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        writer.begin(buffer, 0, false, 96, 1, 0, 7);
        PassedExtensions.write(passed, packet, writer);
        RtpView view = new RtpView();
        assertTrue(view.wrap(buffer, 0, writer.endHeader()));
        return view;
    }

    private static int value(RtpView packet, int id) {
        int at = packet.extension(id);
        return at == RtpView.ABSENT ? -1 : packet.buffer().get(at) & 0xFF;
    }

    @Test
    void eachGoesOnUnderTheNumberOfTheReceiver() {
        Map<String, Integer> sent = Map.of("urn:a", 3, "urn:b", 14, "urn:c", 5);
        Map<String, Integer> agreed = Map.of("urn:a", 14, "urn:b", 1, "urn:d", 2);
        RtpView out = passed(PassedExtensions.of(sent, agreed), packet(3, 14, 5));
        assertEquals(30, value(out, 14));
        assertEquals(140, value(out, 1));
        assertEquals(-1, value(out, 2));
        assertEquals(-1, value(out, 5));
    }

    @Test
    void whatIsMissingInAPacketIsLeftOut() {
        long passed = PassedExtensions.of(Map.of("urn:a", 3, "urn:b", 4), Map.of("urn:a", 5, "urn:b", 6));
        RtpView out = passed(passed, packet(4));
        assertEquals(-1, value(out, 5));
        assertEquals(40, value(out, 6));
    }

    @Test
    void whatIsOfOneHopAndWhatHasNoNumberStaysBehind() {
        Map<String, Integer> sent = new LinkedHashMap<>();
        sent.put(HeaderExtensions.MID, 1);
        sent.put(HeaderExtensions.TRANSPORT_WIDE_CC, 2);
        sent.put("urn:none", 0);
        sent.put("urn:high", 256);
        sent.put("urn:low", 3);
        Map<String, Integer> agreed = new LinkedHashMap<>();
        int id = 1;
        for (String uri : sent.keySet()) {
            agreed.put(uri, id++);
        }
        agreed.put("urn:low", 15); // not of the one-byte form
        assertEquals(0, PassedExtensions.of(sent, agreed));
    }

    @Test
    void fourGoOnAtMost() {
        Map<String, Integer> sent = new LinkedHashMap<>();
        for (int i = 1; i <= 6; i++) {
            sent.put("urn:" + i, i);
        }
        RtpView out = passed(PassedExtensions.of(sent, sent), packet(1, 2, 3, 4, 5, 6));
        for (int i = 1; i <= 6; i++) {
            assertEquals(i <= 4 ? i * 10 : -1, value(out, i));
        }
    }
}
