/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * The announcements of all languages: those of the operator's folder before our own, and another language before none. Read when they are
 * first needed, kept from then on. Any thread.
 */
public final class Prompts {
    /** In this order when one is missing. */
    public static final List<String> LANGUAGES = List.of("de", "en");

    private static final System.Logger LOG = System.getLogger("org.plenum.sip");
    private static final int RATE = 16_000;
    private static final short[] NOTHING = new short[1];

    private final Optional<Path> folder;
    private final Map<String, short[]> known = new ConcurrentHashMap<>();

    /** @param folder with a folder a language in it; its files replace single ones of ours */
    public Prompts(Optional<Path> folder) {
        this.folder = folder;
    }

    /** @return samples at 16 kHz; one silent one where there is no such announcement */
    public short[] samples(String language, String key) {
        return known.computeIfAbsent(language + "/" + key, path -> read(language, key));
    }

    private short[] read(String language, String key) {
        for (String each : withFallbacks(language)) {
            try {
                Optional<short[]> found = own(each, key);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException | UnsupportedAudioFileException broken) {
                LOG.log(Level.WARNING, "announcement " + each + "/" + key + " cannot be read: " + broken.getMessage());
            }
        }
        LOG.log(Level.WARNING, "announcement " + key + " is missing in all languages");
        return NOTHING;
    }

    private static List<String> withFallbacks(String language) {
        return Stream.concat(Stream.of(language), LANGUAGES.stream().filter(other -> !other.equals(language)))
                .toList();
    }

    private Optional<short[]> own(String language, String key) throws IOException, UnsupportedAudioFileException {
        String name = language + "/" + key + ".wav";
        Optional<Path> replaced = folder.map(path -> path.resolve(name)).filter(Files::isReadable);
        try (InputStream in = replaced.isPresent()
                ? Files.newInputStream(replaced.get())
                : Prompts.class.getResourceAsStream("/prompts/" + name)) {
            return in == null ? Optional.empty() : Optional.of(decode(in));
        }
    }

    private static short[] decode(InputStream in) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(in))) {
            AudioFormat format = audio.getFormat();
            if (format.getChannels() != 1
                    || format.getSampleSizeInBits() != 16
                    || format.isBigEndian()
                    || format.getSampleRate() != RATE) {
                throw new UnsupportedAudioFileException("16 kHz, 16 bit, mono is needed, this is " + format);
            }
            byte[] octets = audio.readAllBytes();
            short[] samples = new short[Math.max(1, octets.length / 2)];
            ByteBuffer.wrap(octets)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples, 0, octets.length / 2);
            return samples;
        }
    }
}
