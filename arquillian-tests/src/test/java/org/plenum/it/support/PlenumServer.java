/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.plenum.demo.PlenumStack;
import org.plenum.demo.Settings;

/**
 * The one server of all black-box tests: directory, Keycloak, WildFly and the EAR, started at the first use in a test run and
 * ended with the JVM. Its ports are the demo's plus {@code plenum.demo.port-offset} (1000 from Maven). With
 * {@code -Dplenum.it.reuse=true} a server that {@link #main} runs in another process is used instead.
 */
public final class PlenumServer {
    private static PlenumStack stack;

    private PlenumServer() {}

    /** The root of the web side, without a slash at its end. Starts the server when it does not run yet. */
    public static URI baseUri() {
        ensureStarted();
        return URI.create(settings().baseUrl());
    }

    /** The issuer of the tokens. */
    public static URI realmUri() {
        ensureStarted();
        return URI.create(settings().realmUrl());
    }

    /** The management interface: {@code /health}, {@code /metrics}. */
    public static URI managementUri() {
        ensureStarted();
        return URI.create("http://localhost:" + settings().ports().management());
    }

    /** The UDP port of all media, on 127.0.0.1. */
    public static int mediaPort() {
        ensureStarted();
        return settings().ports().media();
    }

    /** The SIP port, UDP and TCP, on 127.0.0.1. */
    public static int sipPort() {
        ensureStarted();
        return settings().ports().sip();
    }

    /** The port of SIP over TLS, on 127.0.0.1. */
    public static int sipTlsPort() {
        ensureStarted();
        return settings().ports().sipTls();
    }

    /** The process of WildFly, to look at its threads and sockets. */
    public static long wildflyPid() {
        ensureStarted();
        return stack.children().get(1).pid();
    }

    /** Where the servers keep databases and logs. */
    public static Path runDirectory() {
        return settings().run();
    }

    /** Key and secret of the media tokens on this server: not random, so that tests can sign some of their own. */
    public static final String MEDIA_KEY = "plenum-it";

    public static final String MEDIA_SECRET = "a secret that only the tests know, 32 bytes or more";

    /** Runs the server until the process is ended: for work on tests without a start each time. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("Plenum for tests: " + baseUri());
        Thread.sleep(Long.MAX_VALUE);
    }

    private static synchronized void ensureStarted() {
        if (stack != null || Boolean.getBoolean("plenum.it.reuse")) {
            return;
        }
        try {
            Settings settings = settings();
            delete(settings.run().resolve("data"));
            delete(settings.run().resolve("wildfly"));
            delete(settings.run().resolve("keycloak/data"));
            PlenumStack starting = PlenumStack.start(settings, PlenumServer::forTests, System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(starting::close, "plenum-it-end"));
            stack = starting;
            starting.awaitReady();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static Settings settings() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        properties.putIfAbsent("plenum.media.api-key", MEDIA_KEY);
        properties.putIfAbsent("plenum.media.api-secret", MEDIA_SECRET);
        properties.keySet().removeIf(name -> name.startsWith("plenum.it."));
        return Settings.ofDemo(properties);
    }

    /** The demo's realm, and a client that gives tokens for a password: for tests only. */
    static String forTests(String realm) {
        JsonObject demo = Json.createReader(new StringReader(realm)).readObject();
        JsonObject frontend = demo.getJsonArray("clients").getJsonObject(0);
        JsonObjectBuilder client = Json.createObjectBuilder();
        for (String name : new String[] {"enabled", "publicClient", "protocolMappers"}) {
            client.add(name, frontend.get(name));
        }
        client.add("clientId", Tokens.CLIENT).add("standardFlowEnabled", false).add("directAccessGrantsEnabled", true);
        JsonArrayBuilder users = Json.createArrayBuilder(demo.getJsonArray("users"));
        users.add(user("carol", "Carol", "Clark"))
                .add(user("dave", "Dave", "Drew"))
                .add(user("erin", "Erin", "Ewing"));
        return Json.createObjectBuilder(demo)
                .add(
                        "clients",
                        Json.createArrayBuilder(demo.getJsonArray("clients")).add(client))
                .add("users", users)
                .build()
                .toString();
    }

    private static JsonObjectBuilder user(String name, String first, String last) {
        return Json.createObjectBuilder()
                .add("username", name)
                .add("enabled", true)
                .add("email", name + "@example.org")
                .add("emailVerified", JsonValue.TRUE)
                .add("firstName", first)
                .add("lastName", last)
                .add(
                        "credentials",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", "password")
                                        .add("value", name)))
                .add("realmRoles", Json.createArrayBuilder().add("user"));
    }

    static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
