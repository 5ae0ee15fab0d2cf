/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another exchange, played by sipp: the scenario files are in src/test/sipp. */
public final class Sipp {
    private static final Path SCENARIOS = Path.of("src/test/sipp");

    private Sipp() {}

    /**
     * Plays a scenario once against the server and fails when it does not go as written there.
     *
     * @param name of the scenario's file, without its ending
     * @param transport as sipp calls it: u1 is UDP, t1 is TCP
     */
    public static void play(String name, String transport) {
        try {
            Path log = Files.createTempFile("plenum-sipp", ".log");
            List<String> command = new ArrayList<>(List.of(
                    Requires.tool("sipp").toString(),
                    "-sf",
                    name + ".xml",
                    "-i",
                    "127.0.0.1",
                    "-m",
                    "1",
                    "-t",
                    transport));
            command.addAll(List.of("-nostdin", "-trace_err", "-error_file", log.toString()));
            command.add("127.0.0.1:" + PlenumServer.sipPort());
            Process sipp = new ProcessBuilder(command)
                    .directory(SCENARIOS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = sipp.waitFor(90, TimeUnit.SECONDS);
            sipp.destroyForcibly();
            String errors = Files.readString(log);
            assertTrue(ended, () -> name + " did not end: " + errors);
            assertEquals(0, sipp.exitValue(), () -> name + ": " + errors);
            Files.delete(log);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", stopped);
        }
    }
}
