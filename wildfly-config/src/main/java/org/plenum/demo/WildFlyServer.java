/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** WildFly from the provisioned directory, with a base directory of its own below the run directory. */
final class WildFlyServer {
    private WildFlyServer() {}

    static Child start(Settings settings) throws IOException {
        Path base = settings.run().resolve("wildfly");
        copyConfiguration(settings.server().resolve("standalone/configuration"), base.resolve("configuration"));
        deploy(settings.ear(), deployments(settings));
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(settings.server())
                .setJavaHome(settings.javaHome())
                .setBaseDirectory(base)
                .setJavaOptions(
                        "-Xms512m",
                        "-Xmx1g",
                        "-XX:MetaspaceSize=96m",
                        // what is called a few times a second is left alone: a third of the compiler's work, and media
                        // hurries anyway
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000",
                        "-Dfile.encoding=UTF-8",
                        "-Dorg.jboss.logmanager.nocolor=true");
        if (System.getProperty("os.name").equals("Linux")) { // elsewhere it is no option
            command.addJavaOption("-XX:+UseTransparentHugePages");
        }
        properties(settings).forEach((name, value) -> command.addServerArgument("-D" + name + "=" + value));
        return Child.start("WildFly", command.build(), Map.of(), settings.run().resolve("log/wildfly.log"));
    }

    static Path deployments(Settings settings) {
        return settings.run().resolve("wildfly/deployments");
    }

    private static Map<String, String> properties(Settings settings) {
        Settings.Ports ports = settings.ports();
        Map<String, String> properties = new TreeMap<>(Map.of(
                "jboss.http.port", Integer.toString(ports.http()),
                "jboss.https.port", Integer.toString(ports.https()),
                "jboss.management.http.port", Integer.toString(ports.management()),
                "jboss.bind.address", "127.0.0.1",
                "jboss.bind.address.management", "127.0.0.1",
                "plenum.oidc.url", settings.realmUrl(),
                "plenum.data.dir", settings.run().resolve("data").toString(),
                "plenum.media.udp-port", Integer.toString(ports.media()),
                "plenum.media.tcp-port", Integer.toString(ports.mediaTcp()),
                "plenum.sip.port", Integer.toString(ports.sip())));
        properties.put("plenum.turn.port", Integer.toString(ports.turn()));
        properties.put("plenum.front.port", Integer.toString(ports.front()));
        properties.put("plenum.front.https", "127.0.0.1:" + ports.https());
        properties.put("plenum.front.key-store", DemoCertificate.file(settings).toString());
        properties.put("plenum.front.key-store-password", DemoCertificate.PASSWORD);
        properties.put("plenum.sip.tls.port", Integer.toString(ports.sipTls()));
        properties.put("plenum.sip.tls.keystore", DemoCertificate.file(settings).toString());
        properties.put("plenum.sip.tls.password", DemoCertificate.PASSWORD);
        properties.putAll(settings.serverProperties());
        return properties;
    }

    /** Fresh configuration at every start; what the server adds (its certificate) stays, its history goes. */
    private static void copyConfiguration(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void deploy(Path ear, Path deployments) throws IOException {
        Files.createDirectories(deployments);
        try (Stream<Path> old = Files.list(deployments)) {
            for (Path file : old.toList()) { // the archive and the scanner's markers about it
                Files.delete(file);
            }
        }
        Files.copy(ear, deployments.resolve("plenum.ear"));
        Files.createFile(deployments.resolve("plenum.ear.dodeploy"));
    }
}
