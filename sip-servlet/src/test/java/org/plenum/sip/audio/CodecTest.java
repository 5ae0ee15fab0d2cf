/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plenum.sip.Vectors;
import org.plenum.sip.media.Prompts;

/** Every codec over a line that loses nothing, and over one that does. */
class CodecTest {
    private static final int FRAMES = 100;

    /** Encodes, loses what the test says, and listens as a call does. */
    private static short[] overTheLine(Codecs kind, short[] sound, Random losses, double lossRate) {
        PhoneCodec there = kind.make();
        Source here = new Source(kind.make());
        short[] heard = new short[sound.length];
        short[] frame = new short[Pcm.FRAME];
        byte[] octets = new byte[1500];
        int step = kind.clockRate() / 50;
        long nowNs = 5;
        for (int i = 0; i < sound.length / Pcm.FRAME; i++) {
            int length = there.encode(Tones.frame(sound, i), octets, 0);
            if (losses.nextDouble() >= lossRate) {
                here.put(7, i & 0xFFFF, (long) i * step, octets, 0, length, nowNs);
            }
            here.frame(frame, true, nowNs);
            System.arraycopy(frame, 0, heard, i * Pcm.FRAME, Pcm.FRAME);
            nowNs += 20_000_000L;
        }
        return heard;
    }

    @ParameterizedTest
    @EnumSource(Codecs.class)
    void aToneArrivesAsItWas(Codecs codec) {
        short[] tone = Tones.sine(620, 8000, FRAMES * Pcm.FRAME, Pcm.RATE);
        short[] heard = overTheLine(codec, tone, new Random(1), 0);
        double level = Tones.level(heard, 50 * Pcm.FRAME, FRAMES * Pcm.FRAME, 620, Pcm.RATE);
        assertEquals(5657, level, 600);
    }

    @ParameterizedTest
    @CsvSource({"OPUS, 3500, 9000", "G722, 3500, 9000", "PCMA, 0, 60", "PCMU, 0, 60"})
    void wideCodecsCarrySixAndAHalfKilohertz(Codecs codec, double least, double most) {
        short[] tone = Tones.sine(6500, 8000, FRAMES * Pcm.FRAME, Pcm.RATE);
        short[] heard = overTheLine(codec, tone, new Random(1), 0);
        double level = Tones.level(heard, 50 * Pcm.FRAME, FRAMES * Pcm.FRAME, 6500, Pcm.RATE);
        assertTrue(level >= least && level <= most, "level " + level);
    }

    @ParameterizedTest
    @EnumSource(Codecs.class)
    void aFifthLostIsStillSpeech(Codecs codec) {
        short[] voice = speech();
        short[] whole = overTheLine(codec, voice, new Random(2), 0);
        short[] holed = overTheLine(codec, voice, new Random(2), 0.2);
        int from = 50 * Pcm.FRAME;
        double kept = Tones.effective(holed, from, holed.length) / Tones.effective(whole, from, whole.length);
        assertTrue(kept > 0.85 && kept < 1.1, "level kept: " + kept);
        int holes = 0;
        int spoken = 0;
        for (int i = 50; i < whole.length / Pcm.FRAME; i++) {
            boolean speaks = Tones.effective(whole, i * Pcm.FRAME, (i + 1) * Pcm.FRAME) > 500;
            spoken += speaks ? 1 : 0;
            holes += speaks && Tones.effective(holed, i * Pcm.FRAME, (i + 1) * Pcm.FRAME) < 50 ? 1 : 0;
        }
        assertTrue(spoken > 150 && holes < spoken / 12, holes + " holes in " + spoken + " frames of speech");
    }

    /** Eight seconds of one of our own announcements. */
    private static short[] speech() {
        short[] samples = new Prompts(Optional.empty()).samples("de", "welcome_conference_id");
        return Arrays.copyOf(samples, samples.length / Pcm.FRAME * Pcm.FRAME);
    }

    @ParameterizedTest
    @EnumSource(Codecs.class)
    void afterSixtyMillisecondsThereIsSilence(Codecs codec) {
        short[] voice = Tones.voice(140, 9000, FRAMES * Pcm.FRAME);
        PhoneCodec line = codec.make();
        byte[] octets = new byte[1500];
        short[] out = new short[PhoneCodec.MOST_SAMPLES];
        PhoneCodec there = codec.make();
        for (int i = 0; i < 20; i++) {
            line.decode(octets, 0, there.encode(Tones.frame(voice, i), octets, 0), out);
        }
        double before = Tones.effective(out, 0, Pcm.FRAME);
        double[] level = new double[12];
        for (int i = 0; i < level.length; i++) {
            Arrays.fill(out, (short) 0);
            assertEquals(Pcm.FRAME, line.conceal(null, 0, 0, out));
            level[i] = Tones.effective(out, 0, Pcm.FRAME);
        }
        assertTrue(level[0] > before / 4, before + " then " + level[0]);
        assertTrue(level[11] < before / 8, Arrays.toString(level));
    }

    @Test
    void lostOpusIsRepairedByTheNextPacket() {
        short[] voice = speech();
        OpusCodec there = new OpusCodec(5);
        OpusCodec whole = new OpusCodec(5);
        OpusCodec repairing = new OpusCodec(5);
        OpusCodec guessing = new OpusCodec(5);
        int frames = voice.length / Pcm.FRAME;
        byte[][] packets = new byte[frames][];
        byte[] octets = new byte[1000];
        for (int i = 0; i < frames; i++) {
            packets[i] = Arrays.copyOf(octets, there.encode(Tones.frame(voice, i), octets, 0));
        }
        short[] truth = new short[PhoneCodec.MOST_SAMPLES];
        short[] repaired = new short[PhoneCodec.MOST_SAMPLES];
        short[] guessed = new short[PhoneCodec.MOST_SAMPLES];
        double errorOfRepair = 0;
        double errorOfGuess = 0;
        for (int i = 0; i + 1 < frames; i++) {
            whole.decode(packets[i], 0, packets[i].length, truth);
            if (i > 20 && i % 10 == 0) {
                repairing.conceal(packets[i + 1], 0, packets[i + 1].length, repaired);
                guessing.conceal(null, 0, 0, guessed);
                for (int k = 0; k < Pcm.FRAME; k++) {
                    errorOfRepair += Math.pow(truth[k] - repaired[k], 2);
                    errorOfGuess += Math.pow(truth[k] - guessed[k], 2);
                }
            } else {
                repairing.decode(packets[i], 0, packets[i].length, repaired);
                guessing.decode(packets[i], 0, packets[i].length, guessed);
            }
        }
        assertTrue(errorOfRepair < errorOfGuess / 2, errorOfRepair + " against " + errorOfGuess);
    }

    @Test
    void opusOfBrowsersIsNotSilent() {
        for (JsonObject packet :
                Vectors.json("opus.json").getJsonArray("packets").getValuesAs(JsonObject.class)) {
            OpusCodec codec = new OpusCodec(5);
            byte[] octets = HexFormat.of().parseHex(packet.getString("hex"));
            short[] out = new short[PhoneCodec.MOST_SAMPLES];
            int samples = 0;
            double loudest = 0;
            for (int i = 0; i < 4; i++) { // the same packet again: decoders begin gently
                samples = codec.decode(octets, 0, octets.length, out);
                loudest = Math.max(loudest, Tones.effective(out, 0, Math.max(1, samples)));
            }
            double milliseconds =
                    packet.getJsonObject("toc").getJsonNumber("frameMs").doubleValue();
            assertTrue(samples >= milliseconds * 16, samples + " samples of " + packet.getJsonObject("toc"));
            assertTrue(loudest > 10, packet.getJsonObject("toc") + " at " + loudest);
        }
    }

    @Test
    void brokenPacketsAreCountedAndNothingElse() {
        OpusCodec codec = new OpusCodec(5);
        short[] out = new short[PhoneCodec.MOST_SAMPLES];
        for (JsonObject bad :
                Vectors.json("opus.json").getJsonArray("malformed").getValuesAs(JsonObject.class)) {
            byte[] octets = HexFormat.of().parseHex(bad.getString("hex"));
            boolean equalHalves =
                    octets.length > 1 && octets.length % 2 == 1 && (octets[0] & 3) == 1; // valid by RFC 6716, rule R3
            assertEquals(equalHalves, codec.decode(octets, 0, octets.length, out) > 0, bad.getString("name"));
        }
        assertTrue(codec.broken() > 0);
        assertEquals(0, codec.decode(HexFormat.of().parseHex("f9aa"), 0, 2, out), "halves that are not equal");
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] octets = new byte[1 + random.nextInt(200)];
            random.nextBytes(octets);
            assertTrue(codec.decode(octets, 0, octets.length, out) <= out.length);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMA, 2000", "PCMU, 2000", "G722, 2000"})
    void tooMuchAtOnceIsNoSpeech(Codecs codec, int length) {
        assertEquals(0, codec.make().decode(new byte[length], 0, length, new short[PhoneCodec.MOST_SAMPLES]));
    }

    @ParameterizedTest
    @CsvSource({"10, 80", "20, 160", "30, 240", "40, 320", "60, 480"})
    void packetsOfOtherLengthsAreTaken(int milliseconds, int octets) {
        byte[] packet = new byte[octets];
        Arrays.fill(packet, (byte) 0xD5);
        assertEquals(
                milliseconds * 16, Codecs.PCMA.make().decode(packet, 0, octets, new short[PhoneCodec.MOST_SAMPLES]));
        Source source = new Source(Codecs.PCMA.make());
        short[] frame = new short[Pcm.FRAME];
        int heard = 0;
        long nowNs = 0;
        int sequence = 0;
        for (int elapsed = 0; elapsed < 1200; elapsed += 10) {
            if (elapsed % milliseconds == 0) {
                source.put(1, sequence, 8L * elapsed, packet, 0, octets, nowNs);
                sequence++;
            }
            if (elapsed % 20 == 0 && source.frame(frame, true, nowNs)) {
                heard++;
            }
            nowNs += 10_000_000L;
        }
        assertTrue(heard >= 54, heard + " frames of 60");
    }

    @Test
    void namesAndNumbers() {
        assertEquals(Optional.of(Codecs.OPUS), Codecs.of("OPUS", 48_000));
        assertEquals(Optional.empty(), Codecs.of("opus", 16_000));
        assertEquals(Optional.of(Codecs.G722), Codecs.ofType(9));
        assertEquals(Optional.empty(), Codecs.ofType(18));
        assertEquals(48_000, Codecs.OPUS.make().clockRate());
        assertEquals(8000, Codecs.G722.make().clockRate());
        assertEquals(8000, Codecs.PCMU.make().clockRate());
        assertEquals("PCMA", Codecs.PCMA.encoding());
        assertEquals(0, Codecs.PCMU.staticType());
    }

    @Test
    void anotherSenderBeginsAnew() {
        Source source = new Source(Codecs.PCMA.make());
        byte[] packet = new byte[160];
        short[] frame = new short[Pcm.FRAME];
        source.put(1, 100, 0, packet, 0, 160, 0);
        source.put(2, 101, 0, packet, 0, 160, 0);
        assertEquals(1, Math.round(source.buffer().depthMs() / 20));
        assertTrue(source.frame(frame, true, 100_000_000L));
    }
}
