/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs from the machine. With PLENUM_REQUIRE_ALL=1 a missing tool fails the test, without it the test is skipped. */
public final class Requires {
    private Requires() {}

    /** @return where the program lies on the search path */
    public static Path tool(String program) {
        return anyTool(program);
    }

    /** The first of these programs that is there, for one that has several names. */
    public static Path anyTool(String... programs) {
        Optional<Path> found = Arrays.stream(programs)
                .flatMap(program -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
        that(found.isPresent(), "program " + String.join(" or ", programs) + " is not installed");
        return found.orElseThrow();
    }

    /** @return a JDK newer than the build's, from the property plenum.it.newer-jdk */
    public static Path newerJdk() {
        Path home = Path.of(System.getProperty("plenum.it.newer-jdk", ""));
        that(Files.isExecutable(home.resolve("bin/java")), "no newer JDK in \"" + home + "\" (-Dit.newer-jdk=<home>)");
        return home;
    }

    /** Skips, or fails, the running test with this reason. */
    public static void that(boolean given, String otherwise) {
        if (given) {
            return;
        }
        if ("1".equals(System.getenv("PLENUM_REQUIRE_ALL"))) {
            Assertions.fail(otherwise + ", and PLENUM_REQUIRE_ALL=1 wants every test to run");
        }
        System.out.println("skipped: " + otherwise);
        Assumptions.abort(otherwise);
    }
}
