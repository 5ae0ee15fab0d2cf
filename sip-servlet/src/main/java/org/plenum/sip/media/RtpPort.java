/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The two UDP ports of one call: an even one for RTP, the next for RTCP (RFC 3550 section 11). Never blocks; one thread. */
final class RtpPort {
    private static final int EXPEDITED_FORWARDING = 46 << 2; // RFC 3246, in the place of the old TOS octet

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final InetSocketAddress local;

    private RtpPort(DatagramChannel rtp, DatagramChannel rtcp) throws IOException {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.local = (InetSocketAddress) rtp.getLocalAddress();
    }

    /** @throws IOException one of the two is taken */
    static RtpPort open(InetSocketAddress even) throws IOException {
        DatagramChannel rtp = bind(even);
        try {
            return new RtpPort(rtp, bind(new InetSocketAddress(even.getAddress(), even.getPort() + 1)));
        } catch (IOException taken) {
            rtp.close();
            throw taken;
        }
    }

    private static DatagramChannel bind(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(address);
            askForPriority(channel);
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Not every system lets itself be asked. */
    private static void askForPriority(DatagramChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.IP_TOS)) {
            channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
        }
    }

    int number() {
        return local.getPort();
    }

    /** @return who sent it, null when nothing is there. The buffer is filled from 0 to its position. */
    InetSocketAddress receive(ByteBuffer buffer) {
        buffer.clear();
        try {
            return (InetSocketAddress) rtp.receive(buffer);
        } catch (IOException gone) { // an ICMP error of what was sent before, or closed meanwhile
            return null;
        }
    }

    /** As {@link #receive}, from the port of reports. */
    InetSocketAddress receiveReport(ByteBuffer buffer) {
        buffer.clear();
        try {
            return (InetSocketAddress) rtcp.receive(buffer);
        } catch (IOException gone) {
            return null;
        }
    }

    /** @return false: the system did not take it, which is as good as lost on the way */
    boolean send(ByteBuffer packet, InetSocketAddress to) {
        try {
            return rtp.send(packet, to) > 0;
        } catch (IOException refused) {
            return false;
        }
    }

    boolean sendReport(ByteBuffer packet, InetSocketAddress to) {
        try {
            return rtcp.send(packet, to) > 0;
        } catch (IOException refused) {
            return false;
        }
    }

    void close() {
        try (rtp;
                rtcp) {
            // both
        } catch (IOException alreadyGone) {
            System.getLogger("org.plenum.sip").log(System.Logger.Level.DEBUG, "an RTP port did not close", alreadyGone);
        }
    }
}
