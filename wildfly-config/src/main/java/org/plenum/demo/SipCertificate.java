/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate for SIP over TLS in the demo, made at the first start. A real trunk wants one of its own authority. */
final class SipCertificate {
    /** Of a file that only holds a key which the demo made for itself. */
    static final String PASSWORD = "plenum-demo";

    private static final int PATIENCE_S = 60;

    private SipCertificate() {}

    static Path file(Settings settings) {
        return settings.run().resolve("sip.p12");
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
                "sip",
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
                throw new IOException("keytool made no certificate for SIP over TLS");
            }
        } catch (InterruptedException stopped) {
            keytool.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while making a certificate", stopped);
        }
    }
}
