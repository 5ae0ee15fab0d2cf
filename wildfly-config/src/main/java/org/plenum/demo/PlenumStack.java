/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Directory, Keycloak and WildFly with Plenum, started and ended together. Closing twice does no harm. */
public final class PlenumStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private final Settings settings;
    private final Consumer<String> progress;
    private final long startedNs = System.nanoTime();
    private final List<Child> children = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Directory directory;
    private boolean closed;

    private PlenumStack(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Starts the processes; {@link #awaitReady} waits for them. The progress gets lines for people. */
    public static PlenumStack start(Settings settings, UnaryOperator<String> realmChange, Consumer<String> progress)
            throws IOException {
        PlenumStack stack = new PlenumStack(settings, progress);
        try {
            stack.directory = Directory.listen(settings.ports().directory());
            stack.say("LDAP directory ready");
            stack.add(KeycloakServer.start(settings, realmChange));
            DemoCertificate.ensure(settings);
            stack.add(WildFlyServer.start(settings));
            return stack;
        } catch (IOException | RuntimeException broken) {
            stack.close();
            throw broken;
        }
    }

    private synchronized void add(Child child) {
        children.add(child);
        say(child.name() + " starts, its log is " + child.log());
    }

    /** Returns when the realm and the REST interface answer; a server that dies or refuses the EAR is an exception with the log's end. */
    public void awaitReady() throws IOException, InterruptedException {
        boolean realm = false;
        boolean application = false;
        long nextWordNs = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!realm || !application) {
            Optional<String> fault = fault();
            if (fault.isPresent()) {
                throw new IOException(fault.get());
            }
            if (!realm && status(settings.realmUrl()) == 200) {
                realm = true;
                say("Keycloak answers for the realm plenum");
            }
            if (!application && status(settings.baseUrl() + "/v1/users/me") == 401) {
                application = true;
                say("Plenum is deployed and answers");
            }
            if (System.nanoTime() - nextWordNs >= 0) {
                nextWordNs += Duration.ofSeconds(10).toNanos();
                say("waiting for " + (realm ? "" : "Keycloak (it builds itself at the very first start)")
                        + (realm || application ? "" : " and ") + (application ? "" : "WildFly"));
            }
            if (System.nanoTime() - startedNs - PATIENCE.toNanos() >= 0) {
                throw new IOException("not ready after " + PATIENCE.toMinutes() + " minutes, the logs are in "
                        + settings.run().resolve("log"));
            }
            Thread.sleep(300);
        }
    }

    /** What has gone wrong since the start, with the last log lines, or nothing. */
    public synchronized Optional<String> fault() {
        for (Child child : children) {
            if (!child.isAlive()) {
                return Optional.of(child.name() + " has ended (exit code " + child.exitValue() + "). The end of "
                        + child.log() + ":\n" + child.lastLines(25));
            }
        }
        Path failed = WildFlyServer.deployments(settings).resolve("plenum.ear.failed");
        if (Files.exists(failed)) {
            return Optional.of("WildFly refused plenum.ear. The end of "
                    + children.get(1).log() + ":\n" + children.get(1).lastLines(40));
        }
        return Optional.empty();
    }

    public Settings settings() {
        return settings;
    }

    /** The running servers, Keycloak first. */
    public synchronized List<Child> children() {
        return List.copyOf(children);
    }

    /** Ends everything within about half a minute and frees all ports. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        children.forEach(Child::terminate);
        children.forEach(child -> child.awaitEnd(Duration.ofSeconds(20)));
        if (directory != null) {
            directory.close();
        }
    }

    private int status(String url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return -1;
        }
    }

    private void say(String what) {
        progress.accept(String.format("[%3d s] %s", (System.nanoTime() - startedNs) / 1_000_000_000L, what));
    }
}
