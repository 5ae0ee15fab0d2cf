/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class LayerSelectorTest {
    private static final long MS = 1_000_000L;
    private final LayerActivity activity = new LayerActivity(3);
    private final LayerSelector selector = new LayerSelector(activity);

    @Test
    void beginsAtAKeyFrameOfTheLayerItWants() {
        selector.wanted(0);
        assertEquals(LayerSelector.NONE, selector.awaitsKeyFrame(0), "nothing is sent");
        assertFalse(arrives(0, false, 0));
        assertEquals(0, selector.awaitsKeyFrame(0));
        assertEquals(LayerSelector.NONE, selector.current());
        assertFalse(arrives(1, true, MS), "not wanted");
        assertTrue(arrives(0, true, 2 * MS));
        assertEquals(0, selector.current());
        assertEquals(LayerSelector.NONE, selector.awaitsKeyFrame(2 * MS));
        assertTrue(arrives(0, false, 3 * MS));
    }

    @Test
    void goesUpAndDownAtKeyFramesOnly() {
        selector.wanted(0);
        all(0, true);
        assertEquals(0, selector.current());
        selector.wanted(2);
        assertEquals(2, selector.awaitsKeyFrame(10 * MS));
        assertFalse(arrives(2, false, 10 * MS));
        assertTrue(arrives(0, false, 10 * MS), "the old one goes on");
        assertTrue(arrives(2, true, 11 * MS));
        assertFalse(arrives(0, false, 12 * MS));
        selector.wanted(1);
        assertTrue(arrives(2, false, 13 * MS));
        assertTrue(arrives(1, true, 14 * MS));
        assertFalse(arrives(2, true, 15 * MS));
        assertEquals(1, selector.current());
    }

    @Test
    void fallsToWhatIsSent() {
        all(0, true);
        assertTrue(arrives(2, true, 0));
        for (long t = 1; t <= 700; t += 10) {
            arrives(0, false, t * MS);
        }
        assertEquals(2, selector.target(700 * MS), "a still picture is no stopped layer");
        assertEquals(0, selector.target(702 * MS));
        assertEquals(0, selector.awaitsKeyFrame(702 * MS));
        assertTrue(arrives(0, true, 703 * MS));
        arrives(2, false, 704 * MS);
        assertEquals(2, selector.awaitsKeyFrame(704 * MS), "it is back");
    }

    @Test
    void takesALargerPictureWhenThereIsNoOther() {
        selector.wanted(0);
        assertFalse(arrives(2, false, 0));
        assertTrue(arrives(2, true, 0));
        assertFalse(arrives(1, false, 1));
        assertEquals(1, selector.awaitsKeyFrame(1), "the lowest above");
    }

    @Test
    void slowScreensDoNotSwapLayers() {
        all(0, true);
        assertTrue(arrives(2, true, 0));
        for (int second = 1; second < 60; second++) {
            arrives(0, false, second * 1000L * MS); // one frame a second on every layer, the low one first
            assertEquals(2, selector.target(second * 1000L * MS + 300 * MS));
            arrives(2, false, (second * 1000L + 400) * MS);
        }
    }

    @Test
    void aPausedReceiverGetsNothingAndBeginsAnew() {
        all(0, true);
        assertTrue(arrives(2, true, 0));
        selector.paused(true);
        assertFalse(arrives(2, true, MS));
        assertEquals(LayerSelector.NONE, selector.awaitsKeyFrame(MS));
        selector.paused(false);
        assertFalse(arrives(2, false, 2 * MS));
        assertEquals(2, selector.awaitsKeyFrame(2 * MS));
        assertTrue(arrives(2, true, 3 * MS));
    }

    @Test
    void wishesStayWithinTheLayers() {
        all(0, false);
        selector.wanted(99);
        assertEquals(2, selector.target(0));
        selector.wanted(-5);
        assertEquals(0, selector.target(0));
    }

    @Test
    void requestsAreThrottledAndNotForgotten() {
        KeyFrameRequests requests = new KeyFrameRequests(2);
        assertEquals(Long.MAX_VALUE, requests.deadlineNs());
        assertFalse(requests.poll(0, 0));
        requests.request(0);
        requests.request(0);
        assertTrue(requests.deadlineNs() <= 0);
        assertTrue(requests.poll(0, 0), "at once");
        assertFalse(requests.poll(0, 0));
        requests.request(0);
        requests.request(1);
        assertTrue(requests.poll(1, MS));
        assertFalse(requests.poll(0, 499 * MS));
        assertEquals(500 * MS, requests.deadlineNs());
        assertTrue(requests.poll(0, 500 * MS));
        requests.request(1);
        assertFalse(requests.poll(1, 1000 * MS));
        assertTrue(requests.poll(1, 1001 * MS), "a second for the upper layers");
        requests.request(1);
        requests.onKeyFrame(1);
        assertFalse(requests.poll(1, 5000 * MS), "it came by itself");
        assertEquals(Long.MAX_VALUE, requests.deadlineNs());
    }

    private void all(long now, boolean lowIsKeyFrame) {
        arrives(2, false, now);
        arrives(1, false, now);
        arrives(0, lowIsKeyFrame, now);
    }

    private boolean arrives(int layer, boolean keyFrame, long now) {
        activity.onPacket(layer, now);
        return selector.forwards(layer, keyFrame, now);
    }

    @Test
    void whatTheLineNoLongerCarriesGoesOnUntilTheLowerKeyFrame() {
        activity.onPacket(0, 0);
        activity.onPacket(2, 0);
        assertTrue(selector.forwards(2, true, 0));
        assertFalse(selector.allowed(0, 400, 0));
        assertTrue(selector.forwards(2, false, 100));
        assertEquals(0, selector.awaitsKeyFrame(100));
        assertTrue(selector.forwards(0, true, 200));
        assertFalse(selector.forwards(2, false, 200));
        assertFalse(selector.isOverdue(1000));
    }

    @Test
    void itDoesNotGoOnForLong() {
        activity.onPacket(0, 0);
        activity.onPacket(2, 0);
        assertTrue(selector.forwards(2, true, 0));
        assertFalse(selector.allowed(0, 400, 0));
        assertFalse(selector.allowed(0, 500, 100), "said once more");
        assertFalse(selector.isOverdue(399));
        assertTrue(selector.isOverdue(400));
        assertFalse(selector.isOverdue(400), "told once");
        assertFalse(selector.forwards(2, false, 400));
    }

    @Test
    void itStopsAtOnceWhenThereIsNoTimeOrNothingIsAllowed() {
        activity.onPacket(0, 0);
        activity.onPacket(2, 0);
        assertTrue(selector.forwards(2, true, 0));
        assertTrue(selector.allowed(0, 0, 0));
        assertTrue(selector.forwards(0, true, 1));
        assertTrue(selector.allowed(LayerSelector.NONE, 400, 1));
        assertFalse(selector.forwards(0, true, 2));
    }

    @Test
    void whatIsAllowedAgainInTimeGoesOn() {
        activity.onPacket(2, 0);
        assertTrue(selector.forwards(2, true, 0));
        assertFalse(selector.allowed(0, 400, 0));
        assertFalse(selector.allowed(2, 400, 100));
        assertFalse(selector.isOverdue(1000));
        assertTrue(selector.forwards(2, false, 1000));
    }

    @Test
    void itStopsEarlierWhenThereIsNoTimeAnyMore() {
        activity.onPacket(2, 0);
        assertTrue(selector.forwards(2, true, 0));
        assertFalse(selector.allowed(0, 400, 0));
        assertTrue(selector.allowed(0, 100, 100));
        assertFalse(selector.forwards(2, false, 100));
    }
}
