/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * A WildFly that knows nothing of Plenum: the feature pack's own standalone.xml, in a fresh base directory, 2000 ports above the
 * usual ones. Managed as administrators do it.
 */
final class StockServer implements AutoCloseable {
    private static final int OFFSET = 2000;
    static final int MEDIA_PORT = 10000 + OFFSET;
    static final int FRONT_PORT = 8444 + OFFSET;
    private static final int TURN_PORT = 3478 + OFFSET;
    private static final int MANAGEMENT_PORT = 9990 + OFFSET;
    private static final long PATIENCE_MS = 120_000;

    private final Path home = Path.of(System.getProperty("plenum.it.stock-server"));
    private final Path base = Path.of("target/stock").toAbsolutePath();
    private Process process;

    private StockServer() throws IOException {
        copy(home.resolve("standalone"), base);
        Path jna = Path.of("net/java/dev/jna");
        Files.createDirectories(modules().resolve(jna).getParent());
        copy(home.resolveSibling("server/modules").resolve(jna), modules().resolve(jna));
        certify();
        process = launch();
    }

    private Process launch() throws IOException {
        List<String> command = StandaloneCommandBuilder.of(home)
                .setBaseDirectory(base)
                .addModuleDir(modules().toString())
                .addServerArgument("-Djboss.socket.binding.port-offset=" + OFFSET)
                .addServerArgument("-Dplenum.media.udp-port=" + MEDIA_PORT)
                .addServerArgument("-Dplenum.turn.port=" + TURN_PORT)
                .addServerArgument("-Dplenum.front.port=" + FRONT_PORT)
                .addServerArgument("-Dplenum.front.key-store=" + keyStore())
                .addServerArgument("-Dplenum.front.https=127.0.0.1:" + (8443 + OFFSET))
                .addServerArgument("-Dplenum.media.api-key=stock")
                .addServerArgument("-Dplenum.media.api-secret=" + secret())
                .build();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("console.log").toFile())
                .start();
    }

    /** What the administrator adds to those of the server. */
    private Path modules() {
        return base.resolve("modules");
    }

    String console() throws IOException {
        return Files.readString(base.resolve("console.log"));
    }

    /** Where the server looks for its certificate, and would make one at the first connection. */
    private Path keyStore() {
        return base.resolve("configuration/application.keystore");
    }

    private void certify() throws IOException {
        try {
            int made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=localhost",
                            "-storepass",
                            "password",
                            "-keystore",
                            keyStore().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while making a certificate", stopped);
        }
    }

    static StockServer start() throws IOException, InterruptedException {
        StockServer server = new StockServer();
        server.awaitRunning();
        return server;
    }

    static String secret() {
        return "a secret of the stock server, 32 bytes or more";
    }

    URI web() {
        return URI.create("http://localhost:" + (8080 + OFFSET));
    }

    URI management() {
        return URI.create("http://localhost:" + MANAGEMENT_PORT);
    }

    byte[] configuration() throws IOException {
        return Files.readAllBytes(base.resolve("configuration/standalone.xml"));
    }

    /** Runs these scripts in one jboss-cli.sh. @return what it printed */
    String cli(List<Path> scripts) throws IOException, InterruptedException {
        Path all = base.resolve("all.cli");
        List<String> lines = new ArrayList<>();
        for (Path script : scripts) {
            lines.addAll(Files.readAllLines(script));
        }
        Files.write(all, lines);
        Path output = base.resolve("cli.log");
        Process cli = new ProcessBuilder(
                        home.resolve("bin/jboss-cli.sh").toString(),
                        "--connect",
                        "--controller=localhost:" + MANAGEMENT_PORT,
                        "--file=" + all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!cli.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || cli.exitValue() != 0) {
            cli.destroyForcibly();
            throw new AssertionError("jboss-cli.sh failed:\n" + Files.readString(output));
        }
        return Files.readString(output);
    }

    /** The node identifier of transactions takes effect with a new process only. */
    void restart() throws IOException, InterruptedException {
        close();
        process = launch();
        awaitRunning();
    }

    void deploy(Path archive) throws IOException {
        ModelNode add = operation("add", "deployment", "plenum.ear");
        add.get("content").get(0).get("url").set(archive.toUri().toString());
        ask(add);
        deploy();
    }

    /** Once more, what has been undeployed. */
    void deploy() throws IOException {
        ask(operation("deploy", "deployment", "plenum.ear"));
    }

    void redeploy() throws IOException {
        ask(operation("redeploy", "deployment", "plenum.ear"));
    }

    void undeploy() throws IOException {
        ask(operation("undeploy", "deployment", "plenum.ear"));
    }

    /** What is collected in the first round may free more in the next. */
    void collectGarbage() throws IOException, InterruptedException {
        for (int round = 0; round < 3; round++) {
            ask(operation("gc", "core-service", "platform-mbean", "type", "memory"));
            Thread.sleep(500); // cleaners run beside
        }
    }

    /** How often a class is in memory: once for each deployment that is still held. */
    long loaded(String className) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "VM.class_hierarchy",
                        className)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = jcmd.inputReader()) {
            return output.lines().filter(line -> line.contains(className + "/")).count();
        }
    }

    /** Bytes of direct buffers. */
    long directMemory() throws IOException {
        return attribute("memory-used", "type", "buffer-pool", "name", "direct").asLong();
    }

    /** Names of the threads that live now. */
    List<String> threads() throws IOException {
        ModelNode dump = operation("dump-all-threads", "core-service", "platform-mbean", "type", "threading");
        dump.get("locked-monitors").set(false);
        dump.get("locked-synchronizers").set(false);
        return ask(dump).asList().stream()
                .map(thread -> thread.get("thread-name").asString())
                .toList();
    }

    private ModelNode attribute(String name, String... address) throws IOException {
        List<String> whole = new ArrayList<>(List.of("core-service", "platform-mbean"));
        whole.addAll(List.of(address));
        ModelNode read = operation("read-attribute", whole.toArray(String[]::new));
        read.get("name").set(name);
        return ask(read);
    }

    private static ModelNode operation(String name, String... address) {
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        operation.get("address").setEmptyList();
        for (int i = 0; i < address.length; i += 2) {
            operation.get("address").add(address[i], address[i + 1]);
        }
        return operation;
    }

    private ModelNode ask(ModelNode operation) throws IOException {
        try (ModelControllerClient client = ModelControllerClient.Factory.create("localhost", MANAGEMENT_PORT)) {
            ModelNode answer = client.execute(operation);
            if (!"success".equals(answer.get("outcome").asString())) {
                throw new AssertionError(operation.toJSONString(true) + "\n" + answer.get("failure-description"));
            }
            return answer.get("result");
        }
    }

    private void awaitRunning() throws IOException, InterruptedException {
        ModelNode read = operation("read-attribute");
        read.get("name").set("server-state");
        for (long waited = 0; waited < PATIENCE_MS; waited += 200) {
            try {
                if ("running".equals(ask(read).asString())) {
                    return;
                }
            } catch (IOException | AssertionError notYet) {
                if (!process.isAlive()) {
                    throw new AssertionError(console(), notYet);
                }
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the stock server does not run:\n" + console());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                old.sorted(Comparator.reverseOrder()).forEach(StockServer::delete);
            }
        }
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
