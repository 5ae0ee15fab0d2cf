/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plenum.sip.call.Prompt;

class PromptsTest {
    private static void write(Path file, int rate, byte... octets) throws IOException {
        Files.createDirectories(file.getParent());
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        try (AudioInputStream audio =
                new AudioInputStream(new ByteArrayInputStream(octets), format, octets.length / 2)) {
            AudioSystem.write(audio, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }

    @Test
    void everyAnnouncementIsThereInEveryLanguage() {
        Prompts prompts = new Prompts(Optional.empty());
        for (Prompt prompt : Prompt.values()) {
            for (String language : Prompts.LANGUAGES) {
                assertTrue(prompts.samples(language, prompt.key()).length > 8000, language + "/" + prompt.key());
            }
        }
    }

    @Test
    void operatorsReplaceSingleFiles(@TempDir Path folder) throws IOException {
        write(folder.resolve("de/muted.wav"), 16_000, (byte) 1, (byte) 0, (byte) 0, (byte) 0x80);
        Prompts prompts = new Prompts(Optional.of(folder));
        assertArrayEquals(new short[] {1, -32_768}, prompts.samples("de", "muted"));
        assertNotEquals(2, prompts.samples("en", "muted").length);
        assertNotEquals(2, prompts.samples("de", "unmuted").length);
    }

    @Test
    void whatCannotBeReadIsReplacedByAnotherLanguage(@TempDir Path folder) throws IOException {
        write(folder.resolve("de/muted.wav"), 8000, (byte) 1, (byte) 0);
        Files.createDirectories(folder.resolve("en"));
        Files.writeString(folder.resolve("en/unmuted.wav"), "no sound");
        Prompts prompts = new Prompts(Optional.of(folder));
        Prompts own = new Prompts(Optional.empty());
        assertArrayEquals(own.samples("en", "muted"), prompts.samples("de", "muted"));
        assertArrayEquals(own.samples("de", "unmuted"), prompts.samples("en", "unmuted"));
    }

    @Test
    void whatIsMissingEverywhereIsSilence() {
        assertEquals(1, new Prompts(Optional.empty()).samples("de", "no-such-thing").length);
    }
}
