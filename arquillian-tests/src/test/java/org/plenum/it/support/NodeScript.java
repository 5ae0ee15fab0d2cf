/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs a script of {@code src/test/browser} with Node and takes its output. */
public final class NodeScript {
    private static final Path FOLDER = Path.of("src/test/browser").toAbsolutePath();

    private NodeScript() {}

    /** What is left of a script. {@code output} is standard output and standard error together. */
    public record Result(int exitCode, String output) {
        /** The output, or a failure that shows it. */
        public String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ":\n" + output);
            }
            return output;
        }
    }

    /**
     * @param script path below src/test/browser
     * @param environment beyond this process's own; PLENUM_BASE_URL and PLENUM_REALM_URL are set
     * @param patience after which the script and its browsers are ended, and exit code 124 is reported
     */
    public static Result run(String script, Duration patience, Map<String, String> environment, String... arguments) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PLENUM_REALM_URL", PlenumServer.realmUri().toString());
        return runAgainst(PlenumServer.baseUri(), script, patience, all, arguments);
    }

    /** The same against another server than that of all tests. */
    public static Result runAgainst(
            URI base, String script, Duration patience, Map<String, String> environment, String... arguments) {
        return runWithin(List.of(), base, script, patience, environment, arguments);
    }

    /** The same by a command that gives it another surrounding, such as a network of its own. */
    public static Result runWithin(
            List<String> surrounding,
            URI base,
            String script,
            Duration patience,
            Map<String, String> environment,
            String... arguments) {
        List<String> command = new ArrayList<>(surrounding);
        command.addAll(List.of(Requires.tool("node").toString(), script));
        command.addAll(List.of(arguments));
        Requires.that(Files.isDirectory(FOLDER.resolve("node_modules")), "node_modules are missing: run with -Pit");
        try {
            Path output = Files.createTempFile("plenum-script", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("PLENUM_BASE_URL", base.toString());
            builder.environment().putAll(environment);
            int exitCode = await(builder.start(), patience);
            String text = Files.readString(output);
            Files.delete(output);
            return new Result(exitCode, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static int await(Process process, Duration patience) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        List<ProcessHandle> family = process.descendants().toList(); // browsers would outlive the script
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        return 124;
    }
}
