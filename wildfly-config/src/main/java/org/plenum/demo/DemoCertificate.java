/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate for everything in the demo that wants one, made at the first start, where the server looks for its own. Real
 * clients and trunks want one of an authority.
 */
final class DemoCertificate {
    /** Of a file that only holds a key which the demo made for itself; the server's configuration says the same. */
    static final String PASSWORD = "password";

    private static final int PATIENCE_S = 60;

    private DemoCertificate() {}

    static Path file(Settings settings) {
        return settings.run().resolve("wildfly/configuration/application.keystore");
    }

    /** Makes it when it is not there. */
    static void ensure(Settings settings) throws IOException {
        Path store = file(settings);
        if (Files.exists(store)) {
            return;
        }
        Files.createDirectories(store.getParent());
        List<String> command = List.of(
                settings.javaHome().resolve("bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!keytool.waitFor(PATIENCE_S, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException stopped) {
            keytool.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while making a certificate", stopped);
        }
    }
}
