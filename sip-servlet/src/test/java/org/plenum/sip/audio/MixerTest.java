/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.LeaveReason;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.TrackId;

/** Callers and speakers of one room, frame by frame. */
class MixerTest {
    private static final long FRAME_NS = 20_000_000L;

    private final Mixer mixer = new Mixer();
    private final Speakers speakers = new Speakers();
    private final Seat seat = new Seat();
    private final Voice one = caller();
    private final Voice two = caller();
    private final Voice three = caller();
    private long nowNs;

    /** The engine's end of a caller. */
    private static final class Seat implements LocalPeer {
        final List<OpusPacket> packets = new ArrayList<>();

        @Override
        public void publish(OpusPacket packet) {
            packets.add(packet);
        }

        @Override
        public void mute(boolean muted) {
            throw new AssertionError("the line does that");
        }

        @Override
        public void moveTo(MediaRoomId room) {
            throw new AssertionError("the line does that");
        }

        @Override
        public void close(LeaveReason reason) {
            throw new AssertionError("the line does that");
        }
    }

    private static Voice caller() {
        Voice voice = new Voice();
        voice.peer(new Seat());
        return voice;
    }

    private void says(Voice voice, double hertz, int frame) {
        short[] sound = Tones.sine(hertz, 8000, (frame + 1) * Pcm.FRAME, Pcm.RATE);
        System.arraycopy(Tones.frame(sound, frame), 0, voice.frame(), 0, Pcm.FRAME);
        voice.heard();
    }

    /** @return what each of the three hears in the last of the frames */
    private short[][] talk(int frames, double first, double second) {
        short[][] heard = new short[3][];
        for (int frame = 0; frame < frames; frame++) {
            if (first > 0) {
                says(one, first, frame);
            } else {
                one.silent();
            }
            if (second > 0) {
                says(two, second, frame);
            } else {
                two.silent();
            }
            three.silent();
            nowNs += FRAME_NS;
            speakers.listen(nowNs);
            List<Voice> all = List.of(one, two, three);
            mixer.begin(all, speakers);
            for (int i = 0; i < 3; i++) {
                short[] mix = mixer.without(all.get(i));
                heard[i] = mix == null ? null : mix.clone();
            }
        }
        return heard;
    }

    private static double level(short[] frame, double hertz) {
        return Tones.level(frame, 0, Pcm.FRAME, hertz, Pcm.RATE);
    }

    @Test
    void everybodyHearsTheOthersAndNobodyHimself() {
        short[][] heard = talk(30, 500, 1000);
        assertTrue(level(heard[0], 1000) > 2000 && level(heard[0], 500) < 100, "one hears two");
        assertTrue(level(heard[1], 500) > 2000 && level(heard[1], 1000) < 100, "two hears one");
        assertTrue(level(heard[2], 500) > 2000 && level(heard[2], 1000) > 2000, "three hears both");
    }

    @Test
    void whoIsAloneHearsNothing() {
        short[][] heard = talk(30, 500, 0);
        assertNull(heard[0]);
        assertNotNull(heard[1]);
        talk(30, 0, 0);
        assertNull(talk(1, 0, 0)[2]);
    }

    @Test
    void theMutedAndThoseWithoutSeatAreNotHeard() {
        one.mute(true);
        assertNull(talk(30, 500, 0)[2]);
        one.mute(false);
        assertNotNull(talk(30, 500, 0)[2]);
        one.peer(null);
        assertNull(talk(30, 500, 0)[2]);
    }

    @Test
    void whatIsTooLoudIsBentNotBroken() {
        for (int frame = 0; frame < 40; frame++) {
            for (Voice voice : List.of(one, two)) {
                Arrays.fill(voice.frame(), (short) 0);
                System.arraycopy(
                        Tones.frame(Tones.sine(300, 32_000, (frame + 1) * Pcm.FRAME, Pcm.RATE), frame),
                        0,
                        voice.frame(),
                        0,
                        Pcm.FRAME);
                voice.heard();
            }
            three.silent();
            speakers.listen(nowNs += FRAME_NS);
            mixer.begin(List.of(one, two, three), speakers);
        }
        short[] heard = mixer.without(three);
        for (int i = 1; i < Pcm.FRAME; i++) {
            assertTrue(Math.abs(heard[i] - heard[i - 1]) < 20_000, "a jump at " + i);
        }
        assertEquals(0, Pcm.limit(0));
        assertEquals(24_576, Pcm.limit(24_576));
        assertEquals(-24_576, Pcm.limit(-24_576));
        assertTrue(Pcm.limit(40_000) > 24_576 && Pcm.limit(40_000) < 32_767);
        assertTrue(Pcm.limit(-10_000_000) >= -32_767);
        assertTrue(Pcm.limit(50_000) > Pcm.limit(40_000));
    }

    @Test
    void speakersOfTheRoomAreHeardAndForgotten() {
        OpusCodec browser = new OpusCodec(5);
        byte[] octets = new byte[1000];
        short[] tone = Tones.sine(700, 8000, 60 * Pcm.FRAME, Pcm.RATE);
        short[] heard = null;
        for (int i = 0; i < 60; i++) {
            int length = browser.encode(Tones.frame(tone, i), octets, 0);
            speakers.accept(new AudioTapEvent.Audio(
                    "alice",
                    new TrackId("TR_1"),
                    i,
                    new OpusPacket(Arrays.copyOf(octets, length), 960 * i, false, (byte) 20, true)));
            heard = talk(1, 0, 0)[0];
        }
        assertTrue(level(heard, 700) > 3000);
        assertEquals(1, speakers.size());
        speakers.accept(new AudioTapEvent.SpeakerGone(new TrackId("TR_other")));
        talk(1, 0, 0);
        assertEquals(1, speakers.size());
        speakers.accept(new AudioTapEvent.SpeakerGone(new TrackId("TR_1")));
        talk(1, 0, 0);
        assertEquals(0, speakers.size());
    }

    @Test
    void aSpeakerWhoFallsSilentGivesItsDecoderBack() {
        byte[] octets = new byte[1000];
        int length = new OpusCodec(5).encode(new short[Pcm.FRAME], octets, 0);
        speakers.accept(new AudioTapEvent.Audio(
                "a", new TrackId("TR_1"), 1, new OpusPacket(Arrays.copyOf(octets, length), 0, true, (byte) 20, true)));
        talk(400, 0, 0);
        assertEquals(1, speakers.size());
        talk(200, 0, 0);
        assertEquals(0, speakers.size());
    }

    @Test
    void aFloodOfPacketsIsDroppedNotKept() {
        Ring<Integer> ring = new Ring<>(4);
        for (int i = 0; i < 6; i++) {
            assertEquals(i < 4, ring.offer(i));
        }
        assertEquals(2, ring.dropped());
        assertEquals(0, ring.poll());
        assertTrue(ring.offer(9));
        assertEquals(List.of(1, 2, 3, 9), List.of(ring.poll(), ring.poll(), ring.poll(), ring.poll()));
        assertNull(ring.poll());
    }

    // ---- towards the room

    private List<OpusPacket> published(int loud, int quiet) {
        Voice voice = new Voice();
        voice.peer(seat);
        for (int frame = 0; frame < loud + quiet; frame++) {
            if (frame < loud) {
                says(voice, 500, frame);
            } else {
                voice.silent();
            }
            voice.publish();
        }
        return seat.packets;
    }

    @Test
    void speechIsPublishedEveryTwentyMilliseconds() {
        List<OpusPacket> packets = published(30, 0);
        assertEquals(30, packets.size());
        assertTrue(packets.get(0).talkspurtStart());
        assertFalse(packets.get(1).talkspurtStart());
        assertTrue(packets.get(20).voice());
        assertTrue(
                packets.get(20).levelDbov() > 5 && packets.get(20).levelDbov() < 30,
                "" + packets.get(20).levelDbov());
        assertEquals(960, packets.get(11).rtpTime48k() - packets.get(10).rtpTime48k());
    }

    @Test
    void silenceIsPublishedNowAndThenAsSuch() {
        List<OpusPacket> packets = published(30, 200);
        int afterSpeech = packets.size() - 30;
        assertTrue(afterSpeech >= 25 + 8 && afterSpeech <= 40, afterSpeech + " packets in 4 s of silence");
        OpusPacket last = packets.get(packets.size() - 1);
        assertEquals(127, last.levelDbov());
        assertFalse(last.voice());
        assertEquals(
                20 * 960, last.rtpTime48k() - packets.get(packets.size() - 2).rtpTime48k());
    }

    @Test
    void theMutedPublishNothing() {
        Voice voice = new Voice();
        voice.peer(seat);
        voice.mute(true);
        says(voice, 500, 0);
        voice.publish();
        assertEquals(List.of(), seat.packets);
        voice.mute(false);
        voice.publish();
        assertTrue(seat.packets.get(0).talkspurtStart());
    }

    // ---- towards the telephone

    @Test
    void aSilentLineIsNotDead() {
        Voice voice = new Voice();
        double level = Tones.effective(voice.towardsPhone(null), 0, Pcm.FRAME);
        assertTrue(level > 15 && level < 60, "noise at " + level);
        assertTrue(Pcm.minusDbov(voice.towardsPhone(null), Pcm.FRAME) >= 56);
    }

    @Test
    void announcementsAreLouderThanTheRest() {
        Voice voice = new Voice();
        short[] mix = Tones.sine(500, 8000, Pcm.FRAME, Pcm.RATE);
        assertEquals(5657, level(voice.towardsPhone(mix), 500), 100);
        assertTrue(voice.prompts().add("help", Tones.sine(1000, 8000, Pcm.RATE, Pcm.RATE)));
        short[] both = voice.towardsPhone(mix);
        assertEquals(2828, level(both, 500), 100);
        assertEquals(5657, level(both, 1000), 150);
    }

    @Test
    void announcementsQueueOnceEachAndHaveALimit() {
        PromptQueue queue = new PromptQueue();
        short[] sound = new short[2 * Pcm.FRAME];
        Arrays.fill(sound, (short) 1000);
        short[] frame = new short[Pcm.FRAME];
        assertFalse(queue.isPlaying());
        assertTrue(queue.add("a", sound));
        assertFalse(queue.add("a", sound));
        for (int i = 0; i < 7; i++) {
            assertTrue(queue.add("b" + i, sound));
        }
        assertFalse(queue.add("c", sound));
        for (int i = 0; i < 16; i++) {
            assertTrue(queue.isPlaying());
            assertTrue(queue.next(frame));
            assertEquals(1000, frame[Pcm.FRAME / 2]);
        }
        assertFalse(queue.isPlaying());
        assertFalse(queue.next(frame));
    }

    @Test
    void stoppingFadesWithinAFrame() {
        PromptQueue queue = new PromptQueue();
        short[] sound = new short[20 * Pcm.FRAME];
        Arrays.fill(sound, (short) 10_000);
        short[] frame = new short[Pcm.FRAME];
        queue.add("a", sound);
        queue.add("b", sound);
        queue.next(frame);
        queue.stop();
        assertTrue(queue.next(frame));
        assertEquals(10_000, frame[0]);
        assertTrue(frame[40] > 3000 && frame[40] < 7000);
        assertEquals(0, frame[100]);
        assertFalse(queue.isPlaying());
        queue.stop();
        assertTrue(queue.add("a", sound));
        assertTrue(queue.next(frame));
        assertEquals(10_000, frame[0]);
    }

    @Test
    void aNewAnnouncementReplacesOneThatIsBeingStopped() {
        PromptQueue queue = new PromptQueue();
        short[] one = new short[20 * Pcm.FRAME];
        Arrays.fill(one, (short) 10_000);
        short[] two = new short[20 * Pcm.FRAME];
        Arrays.fill(two, (short) -5000);
        short[] frame = new short[Pcm.FRAME];
        queue.add("a", one);
        queue.next(frame);
        queue.stop();
        queue.add("b", two);
        queue.next(frame);
        assertEquals(-5000, frame[200]);
    }

    @Test
    void aPauseComesBeforeTheNextOne() {
        PromptQueue queue = new PromptQueue();
        queue.pause(100);
        queue.add("a", new short[Pcm.FRAME]);
        short[] frame = new short[Pcm.FRAME];
        for (int i = 0; i < 5; i++) {
            assertFalse(queue.next(frame), "after " + i);
        }
        assertTrue(queue.next(frame));
    }

    // ---- level

    private static double afterControl(double peak, int frames) {
        LevelControl control = new LevelControl();
        double level = 0;
        short[] voice = Tones.voice(200, peak, frames * Pcm.FRAME);
        for (int i = 0; i < frames; i++) {
            short[] frame = Tones.frame(voice, i);
            control.process(frame);
            level = Tones.effective(frame, 0, Pcm.FRAME);
        }
        return 20 * Math.log10(level / 32_768);
    }

    @Test
    void quietTelephonesBecomeLouderAndLoudOnesQuieter() {
        assertEquals(-20, afterControl(2500, 500), 2);
        assertEquals(-20, afterControl(7000, 500), 2);
        LevelControl control = new LevelControl();
        short[] faint = Tones.voice(200, 250, 2000 * Pcm.FRAME);
        for (int i = 0; i < 2000; i++) {
            control.process(i % 35 < 25 ? Tones.frame(faint, i) : new short[Pcm.FRAME]); // people breathe
        }
        assertEquals(12, control.gainDb(), 0.1, "and no louder");
        LevelControl shouted = new LevelControl();
        short[] shout = Tones.voice(200, 30_000, 500 * Pcm.FRAME);
        for (int i = 0; i < 500; i++) {
            shouted.process(Tones.frame(shout, i));
        }
        assertEquals(-6, shouted.gainDb(), 0.1);
    }

    @Test
    void humIsTakenAway() {
        LevelControl control = new LevelControl();
        short[] hum = Tones.sine(25, 8000, 50 * Pcm.FRAME, Pcm.RATE);
        short[] last = null;
        for (int i = 0; i < 50; i++) {
            last = Tones.frame(hum, i);
            control.process(last);
        }
        assertTrue(Tones.effective(last, 0, Pcm.FRAME) < 8000 / Math.sqrt(2) / 2.5);
    }

    @Test
    void speechIsHeldForThreeHundredMilliseconds() {
        LevelControl control = new LevelControl();
        short[] voice = Tones.voice(200, 9000, 20 * Pcm.FRAME);
        for (int i = 0; i < 20; i++) {
            assertTrue(control.process(Tones.frame(voice, i)), "frame " + i);
        }
        for (int i = 0; i < 14; i++) {
            assertTrue(control.process(new short[Pcm.FRAME]), "silence " + i);
        }
        control.process(new short[Pcm.FRAME]);
        assertFalse(control.process(new short[Pcm.FRAME]));
    }

    @Test
    void steadyNoiseIsNoSpeech() {
        LevelControl control = new LevelControl();
        Random random = new Random(1);
        boolean speech = true;
        for (int i = 0; i < 3000; i++) {
            short[] frame = new short[Pcm.FRAME];
            for (int k = 0; k < Pcm.FRAME; k++) {
                frame[k] = (short) (200 * random.nextGaussian());
            }
            speech = control.process(frame);
        }
        assertFalse(speech);
    }

    @Test
    void levelsInDecibels() {
        short[] square = new short[Pcm.FRAME];
        Arrays.fill(square, Short.MIN_VALUE);
        assertEquals(0, Pcm.minusDbov(square, Pcm.FRAME));
        assertEquals(127, Pcm.minusDbov(new short[Pcm.FRAME], Pcm.FRAME));
        assertEquals(23, Pcm.minusDbov(Tones.sine(500, 3277, Pcm.FRAME, Pcm.RATE), Pcm.FRAME));
    }
}
