/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private static final long[] CAMERA = {150_000, 500_000, 1_700_000};

    private final Allocator allocator = new Allocator();

    private long share(long budget, Video... videos) {
        return allocator.share(new ArrayList<>(List.of(videos)), budget);
    }

    @Test
    void everybodyGetsTheLowestBeforeAnybodyGetsMore() {
        Video speaker = new Video(5, 2, CAMERA);
        Video[] all = new Video[9];
        all[0] = speaker;
        for (int i = 1; i < all.length; i++) {
            all[i] = new Video(0, 0, CAMERA);
        }
        share(2_400_000, all); // DSL 3000 without sound: eight small ones and one in the middle size
        assertEquals(1, speaker.allowed);
        for (int i = 1; i < all.length; i++) {
            assertEquals(0, all[i].allowed);
        }
        share(1_000_000, all);
        assertEquals(0, speaker.allowed);
        assertEquals(0, all[1].allowed);
        assertEquals(Allocator.NONE, all[8].allowed, "the last ones have to wait");
    }

    @Test
    void whoIsMoreImportantIsRaisedFirst() {
        Video camera = new Video(1, 2, CAMERA);
        Video screen = new Video(2, 2, 200_000, 600_000, 1_500_000);
        share(2_000_000, camera, screen);
        assertEquals(2, screen.allowed);
        assertEquals(0, camera.allowed);
    }

    @Test
    void nothingSwings() {
        Video video = new Video(1, 2, CAMERA);
        share(1_750_000, video);
        assertEquals(1, video.allowed, "to be raised takes a tenth more");
        share(1_900_000, video);
        assertEquals(2, video.allowed);
        share(1_750_000, video);
        assertEquals(2, video.allowed, "to stay does not");
        share(1_600_000, video);
        assertEquals(2, video.allowed, "nor does a little less end it");
        share(1_550_000, video);
        assertEquals(1, video.allowed);
    }

    @Test
    void layersThatAreNotSentAreLeftOut() {
        Video video = new Video(1, 2, 0, 500_000, 0);
        assertEquals(550_000, share(10_000_000, video));
        assertEquals(1, video.allowed);
        Video silent = new Video(1, 2, 0, 0, 0);
        assertEquals(0, share(10_000_000, silent));
        assertEquals(Allocator.NONE, silent.allowed);
        Video onlyLarge = new Video(1, 0, 0, 0, 900_000);
        assertEquals(990_000, share(10_000_000, onlyLarge));
        assertEquals(2, onlyLarge.allowed, "a picture too large is better than none");
    }

    @Test
    void whatIsWantedInAllIsTold() {
        assertEquals(2_420_000, share(0, new Video(1, 2, CAMERA), new Video(1, 1, CAMERA)));
    }

    @Test
    void whoHasJustLostSomethingNeedsMoreRoom() {
        Video speaker = new Video(2, 1, 100, 300, 900);
        Video small = new Video(1, 0, 100, 300, 900);
        Allocator allocator = new Allocator();
        allocator.share(new ArrayList<>(List.of(speaker, small)), 150);
        assertEquals(0, speaker.allowed);
        assertEquals(Allocator.NONE, small.allowed);
        speaker.mayRise = false;
        small.mayRise = false;
        long enough = allocator.share(new ArrayList<>(List.of(speaker, small)), 240);
        assertEquals(0, speaker.allowed);
        assertEquals(Allocator.NONE, small.allowed);
        assertEquals(600, enough);
        allocator.share(new ArrayList<>(List.of(speaker, small)), 600);
        assertEquals(1, speaker.allowed);
        assertEquals(0, small.allowed);
    }

    @Test
    void theLowestLayerStaysWhenItNearlyFits() {
        Video speaker = new Video(1, 0, 100);
        assertEquals(110, share(1000, speaker));
        share(80, speaker);
        assertEquals(0, speaker.allowed);
        share(79, speaker);
        assertEquals(Allocator.NONE, speaker.allowed);
    }

    @Test
    void everybodyMovesALittleBeforeAnybodyMovesWell() {
        Video[] all = grid(0);
        share(400, all);
        assertEquals("2 1 0 0", steps(all), "66 for each, then the rest in order");
        share(1200, all);
        assertEquals("3 2 2 2", steps(all), "all frames for everybody before the next size");
        share(230, all);
        assertEquals("0 0 0 0", steps(all), "nobody has to stand still");
    }

    @Test
    void whoIsLookedAtMovesWellFirst() {
        Video[] all = grid(1);
        share(310, all);
        assertEquals("2 0 0 -1", steps(all));
        share(400, all);
        assertEquals("2 1 1 0", steps(all));
    }

    private static Video[] grid(int first) {
        Video[] all = new Video[4];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Video(i == 0 ? first : 0, 3, 60, 90, 150, 500);
            all[i].rates = 3;
        }
        return all;
    }

    private static String steps(Video... all) {
        return Stream.of(all).map(video -> String.valueOf(video.allowed)).collect(Collectors.joining(" "));
    }
}
