/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a demo or a test run consists of, fixed before anything starts. All ports are on loopback.
 *
 * @param server the provisioned WildFly, only read
 * @param keycloak the unpacked Keycloak, only read but for what it builds for itself
 * @param ear what is deployed
 * @param run everything that is written: configuration copies, databases, logs. Survives the run
 * @param javaHome the JDK of both servers
 * @param ports who listens where
 * @param server properties of WildFly beyond the ports, by name
 */
public record Settings(
        Path server,
        Path keycloak,
        Path ear,
        Path run,
        Path javaHome,
        Ports ports,
        Map<String, String> serverProperties) {

    /** One listening port: who wants it, which property moves it, the number, and whether it is UDP. */
    public record Port(String owner, String property, int number, boolean udp) {}

    /** The ports of a run. Each is its property's value, or its usual number plus {@code plenum.demo.port-offset}. */
    public record Ports(
            int http,
            int https,
            int management,
            int keycloak,
            int directory,
            int media,
            int mediaTcp,
            int turn,
            int front,
            int sip,
            int sipTls) {
        public static Ports of(Map<String, String> properties) {
            int offset = number(properties, "plenum.demo.port-offset", 0);
            return new Ports(
                    number(properties, "plenum.demo.http-port", 8080 + offset),
                    number(properties, "plenum.demo.https-port", 8443 + offset),
                    number(properties, "plenum.demo.management-port", 9990 + offset),
                    number(properties, "plenum.demo.keycloak-port", 8180 + offset),
                    number(properties, "plenum.demo.ldap-port", 10389 + offset),
                    number(properties, "plenum.media.udp-port", 10000 + offset),
                    number(properties, "plenum.media.tcp-port", 10000 + offset),
                    number(properties, "plenum.turn.port", 3478 + offset),
                    number(properties, "plenum.front.port", 8444 + offset),
                    number(properties, "plenum.sip.port", 5060 + offset),
                    number(properties, "plenum.sip.tls.port", 5061 + offset));
        }

        public List<Port> all() {
            return List.of(
                    new Port("WildFly (HTTP)", "plenum.demo.http-port", http, false),
                    new Port("WildFly (HTTPS)", "plenum.demo.https-port", https, false),
                    new Port("WildFly (management)", "plenum.demo.management-port", management, false),
                    new Port("Keycloak", "plenum.demo.keycloak-port", keycloak, false),
                    new Port("the LDAP directory", "plenum.demo.ldap-port", directory, false),
                    new Port("media", "plenum.media.udp-port", media, true),
                    new Port("media over TCP", "plenum.media.tcp-port", mediaTcp, false),
                    new Port("TURN", "plenum.turn.port", turn, true),
                    new Port("TURN", "plenum.turn.port", turn, false),
                    new Port("HTTPS and TURN", "plenum.front.port", front, false),
                    new Port("SIP", "plenum.sip.port", sip, true),
                    new Port("SIP", "plenum.sip.port", sip, false),
                    new Port("SIP (TLS)", "plenum.sip.tls.port", sipTls, false));
        }

        private static int number(Map<String, String> properties, String name, int otherwise) {
            String text = properties.getOrDefault(name, "").trim();
            if (text.isEmpty()) {
                return otherwise;
            }
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
                throw new IllegalArgumentException(name + " is not a port: " + text);
            }
            return Integer.parseInt(text);
        }
    }

    /** The demo's settings, from system properties. Every {@code plenum.*} property that is not the demo's own reaches WildFly. */
    public static Settings ofDemo(Map<String, String> properties) {
        Path project =
                Path.of(properties.get("plenum.project.dir")).toAbsolutePath().normalize();
        Map<String, String> server =
                new TreeMap<>(telephone(Ports.of(properties).sip()));
        properties.forEach((name, value) -> {
            if (name.startsWith("plenum.") && !name.startsWith("plenum.demo.") && !name.startsWith("plenum.project.")) {
                server.put(name, value);
            }
        });
        return new Settings(
                Path.of(properties.get("plenum.demo.server")),
                Path.of(properties.get("plenum.demo.keycloak")),
                project.resolve("ear/target/plenum.ear"),
                Path.of(properties.getOrDefault(
                        "plenum.demo.run-dir", project.resolve(".run").toString())),
                Path.of(properties.getOrDefault("plenum.demo.java-home", properties.get("java.home"))),
                Ports.of(properties),
                server);
    }

    /** A trunk of which this machine is the other end: any software phone on it can call. */
    public static Map<String, String> telephone(int port) {
        return Map.of(
                "plenum.sip.enabled", "true",
                "plenum.sip.trunk.loopback.addresses", "127.0.0.0/8",
                "plenum.sip.trunk.loopback.symmetric", "true", // software phones name another address of the machine
                "plenum.sip.trunk.loopback.srtp", "optional", // with those that can
                "plenum.call-in.tel", "+49 30 5550100",
                "plenum.call-in.uri", "sip:conference@127.0.0.1:" + port);
    }

    public String baseUrl() {
        return "http://localhost:" + ports.http();
    }

    public String realmUrl() {
        return "http://localhost:" + ports.keycloak() + "/realms/plenum";
    }
}
