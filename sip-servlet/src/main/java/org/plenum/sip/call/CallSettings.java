/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

/** @param startMuted whether callers come in with the microphone off */
public record CallSettings(boolean startMuted) {
    public static final CallSettings USUAL = new CallSettings(false);
}
