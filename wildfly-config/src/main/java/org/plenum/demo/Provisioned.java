/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Provisioning takes a quarter of a minute, and the plugin keeps a server that exists without looking at its scripts. So a stamp
 * beside the server says from what it was made; when that has changed, the server goes and the plugin makes a new one.
 */
public final class Provisioned {
    private Provisioned() {}

    /** {@code before}: remove an outdated or unfinished server. {@code after}: it is complete. */
    public static void main(String[] arguments) throws IOException {
        Path module = Path.of(System.getProperty("plenum.project.dir")).resolve("wildfly-config");
        Path server = Path.of(System.getProperty("plenum.demo.server"));
        Path stamp = server.resolveSibling(server.getFileName() + ".stamp");
        String now = digest(List.of(
                module.resolve("pom.xml"),
                module.resolve("../pom.xml"),
                module.resolve("src/main/cli"),
                module.resolve("src/main/server")));
        if (arguments[0].equals("after")) {
            Files.writeString(stamp, now);
        } else if (!Files.exists(stamp) || !Files.readString(stamp).equals(now)) {
            Files.deleteIfExists(stamp);
            delete(server);
        }
    }

    static String digest(List<Path> roots) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path root : roots) {
                for (Path file : files(root)) {
                    digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path tree) throws IOException {
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
