/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * {@code mvn verify -Drun}: everything on this machine, until Ctrl-C. Runs inside Maven's process, so that a signal to Maven
 * alone ends the servers too.
 */
public final class Demo {
    private static final PrintStream OUT = System.out;

    private Demo() {}

    /** With the argument {@code check} only looks for taken ports. Exit code 1 after a complaint. */
    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = Settings.ofDemo(systemProperties());
        Optional<String> taken = PortCheck.complaint(settings.ports().all());
        if (taken.isPresent()) {
            fail(taken.get());
        } else if (arguments.length == 0) {
            run(settings);
        }
    }

    private static void run(Settings settings) throws InterruptedException {
        PlenumStack stack;
        try {
            stack = PlenumStack.start(settings, UnaryOperator.identity(), OUT::println);
        } catch (IOException broken) {
            fail(broken.getMessage());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack), "plenum-demo-end"));
        try {
            stack.awaitReady();
        } catch (IOException broken) {
            fail(broken.getMessage());
            return;
        }
        OUT.println(welcome(settings));
        Optional<String> fault = stack.fault();
        while (fault.isEmpty()) {
            Thread.sleep(1000);
            fault = stack.fault();
        }
        fail(fault.get());
    }

    private static void end(PlenumStack stack) {
        OUT.println("Stopping ...");
        stack.close();
        OUT.println("Stopped, all ports are free.");
    }

    private static String welcome(Settings settings) {
        return String.join(
                System.lineSeparator(),
                "",
                "Plenum is ready:  " + settings.baseUrl(),
                "",
                "  sign in as      alice / alice   an account of Keycloak",
                "                  bob   / bob     another one",
                "                  lena  / lena    from the LDAP directory, moderator by her group there",
                "                  otto  / otto    from the LDAP directory",
                "  Keycloak        http://localhost:" + settings.ports().keycloak() + "/admin   admin / admin",
                "  health          http://localhost:" + settings.ports().management() + "/health",
                "  SIP             127.0.0.1:" + settings.ports().sip() + " (UDP and TCP), "
                        + settings.ports().sipTls() + " (TLS); a software phone here calls",
                "                  sip:conference@127.0.0.1:" + settings.ports().sip()
                        + " and types the meeting's ID and PIN",
                "  data, logs      " + settings.run(),
                "",
                "Stop with Ctrl-C.");
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return properties;
    }

    private static void fail(String sentence) {
        OUT.println(sentence);
        OUT.flush();
        System.exit(1);
    }
}
