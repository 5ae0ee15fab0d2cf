/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.SignalResponse;
import org.plenum.media.api.SignalClient;
import org.plenum.media.livekit.SignalCounters.Count;

/** Messages to one client. After the close nothing leaves any more. */
final class Outlet {
    /** A close that makes clients do what the leave before it said. */
    private static final int NORMAL = 1000; // RFC 6455 section 7.4.1

    static final int POLICY = 1008;
    static final int TOO_LARGE = 1009;
    static final int BROKEN = 1011;
    static final int TRY_AGAIN = 1013;

    private final SignalClient client;
    private final SignalCounters counters;
    private boolean open = true;

    Outlet(SignalClient client, SignalCounters counters) {
        this.client = client;
        this.counters = counters;
    }

    boolean isOpen() {
        return open;
    }

    void send(SignalResponse.Builder message) {
        if (open) {
            send(message.build().toByteArray());
        }
    }

    /** @param message ready bytes, shared by many clients: nobody changes them */
    void send(byte[] message) {
        if (open) {
            counters.add(Count.MESSAGES_SENT);
            client.send(message);
        }
    }

    /** Says what the client shall do, then closes. */
    void leave(Action action, DisconnectReason reason) {
        ask(action, reason);
        close(NORMAL, "");
    }

    /** Says what the client shall do, and leaves the socket to it. */
    void ask(Action action, DisconnectReason reason) {
        send(SignalResponse.newBuilder()
                .setLeave(LeaveRequest.newBuilder().setAction(action).setReason(reason)));
    }

    /** The client said goodbye. */
    void left() {
        close(NORMAL, "");
    }

    /**
     * Without a leave before.
     *
     * @param code never 1000: some clients would believe that they are still connected
     */
    void abort(int code, String reason) {
        close(code, reason);
    }

    /** The socket is gone already. */
    void gone() {
        open = false;
    }

    private void close(int code, String reason) {
        if (open) {
            open = false;
            client.close(code, reason);
        }
    }
}
