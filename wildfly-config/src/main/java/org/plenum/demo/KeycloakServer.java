/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Keycloak in development mode: program files from the unpacked distribution, data below the run directory. */
final class KeycloakServer {
    private KeycloakServer() {}

    static Child start(Settings settings, UnaryOperator<String> realmChange) throws IOException {
        Path home = home(settings);
        String realm = realmChange.apply(realm(settings.ports()));
        Path imported = home.resolve("data/import/plenum-realm.json");
        if (Files.exists(imported) && !Files.readString(imported).equals(realm)) {
            System.out.println(
                    "The realm file has changed since Keycloak imported it, and an imported realm stays as it is:"
                            + " delete " + home + " to import the new one.");
        } else {
            Files.createDirectories(imported.getParent());
            Files.writeString(imported, realm);
        }
        Files.setPosixFilePermissions(home.resolve("bin/kc.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String port = Integer.toString(settings.ports().keycloak());
        return Child.start(
                "Keycloak",
                List.of(
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--cache=local",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=http://localhost:" + port),
                Map.of(
                        "JAVA_HOME", settings.javaHome().toString(),
                        "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin"),
                settings.run().resolve("log/keycloak.log"));
    }

    /** The realm with the addresses of this run. */
    static String realm(Settings.Ports ports) {
        try (InputStream resource = KeycloakServer.class.getResourceAsStream("plenum-realm.json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("localhost:8080", "localhost:" + ports.http())
                    .replace("localhost:8443", "localhost:" + ports.https())
                    .replace("127.0.0.1:10389", "127.0.0.1:" + ports.directory());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A home of links: Keycloak finds its data beside its program files and has no option to put them elsewhere. */
    private static Path home(Settings settings) throws IOException {
        Path home = settings.run().resolve("keycloak");
        Files.createDirectories(home.resolve("bin"));
        for (String part : List.of("lib", "providers", "conf", "themes")) {
            Path link = home.resolve(part);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, settings.keycloak().toAbsolutePath().resolve(part));
        }
        // the script looks for everything else where its own file really lies
        Files.copy(
                settings.keycloak().resolve("bin/kc.sh"),
                home.resolve("bin/kc.sh"),
                StandardCopyOption.REPLACE_EXISTING);
        return home;
    }
}
