/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.plenum.it.support.Requires;

/** A PostgreSQL of the test's own: a fresh cluster in a temporary directory, on loopback, gone afterwards. */
final class PostgresCluster implements AutoCloseable {
    static final String USER = "plenum";

    private final Path programs;
    private final Path directory;
    private final int port;

    private PostgresCluster(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    static PostgresCluster start(int port) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("plenum-postgres-");
        PostgresCluster cluster = new PostgresCluster(programs(), directory, port);
        if (isRoot()) { // whom PostgreSQL does not serve
            cluster.run("chown", "postgres", directory.toString());
        }
        cluster.asOwner("initdb", "-D", cluster.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        cluster.asOwner(
                "pg_ctl",
                "-D",
                cluster.data(),
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory,
                "start");
        cluster.asOwner("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER, "plenum");
        return cluster;
    }

    /** Debian keeps them beside the search path, one folder a version. */
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                return found.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .findFirst()
                        .orElseGet(() -> Requires.tool("initdb").getParent());
            }
        }
        return Requires.tool("initdb").getParent();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/plenum";
    }

    /** @return the one value that a statement gives */
    String query(String statement) throws IOException, InterruptedException {
        return asOwner("psql", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER, "-tAc", statement, "plenum")
                .trim();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private String asOwner(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("plenum-postgres-", ".out"); // pg_ctl's server would keep a pipe open
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean done = process.waitFor(60, TimeUnit.SECONDS);
        try (InputStream text = Files.newInputStream(output)) {
            String said = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            if (!done || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed:\n" + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            asOwner("pg_ctl", "-D", data(), "-w", "-m", "fast", "stop");
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        OwnStack.delete(directory);
    }
}
