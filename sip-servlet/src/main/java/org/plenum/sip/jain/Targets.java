/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.spi.InitialContextFactory;

/** Where a trunk's registrar is: one address that was set, or all that DNS names, the best first (RFC 3263, RFC 2782). */
final class Targets {
    private static final int USUAL_PORT = 5060;
    private static final int USUAL_TLS_PORT = 5061;

    record Target(String host, int port) {}

    private record Service(int priority, int weight, Target target) {}

    private Targets() {}

    /** Blocks while DNS is asked. @param registrar host, or host and port, which is not looked up any further */
    static List<Target> of(String registrar, String transport) {
        int colon = registrar.lastIndexOf(':');
        if (colon > 0 && registrar.substring(colon + 1).matches("\\d{1,5}")) {
            return List.of(new Target(registrar.substring(0, colon), Integer.parseInt(registrar.substring(colon + 1))));
        }
        boolean tls = transport.equalsIgnoreCase("tls");
        String name = (tls ? "_sips._tcp." : "_sip._" + transport.toLowerCase(Locale.ROOT) + ".") + registrar;
        List<Target> found = services(name);
        return found.isEmpty() ? List.of(new Target(registrar, tls ? USUAL_TLS_PORT : USUAL_PORT)) : found;
    }

    @SuppressWarnings("BanJNDI") // records of DNS are texts: nothing is deserialized
    private static List<Target> services(String name) {
        List<Service> services = new ArrayList<>();
        try {
            DirContext dns = dns();
            try {
                Attribute records =
                        dns.getAttributes(name, new String[] {"SRV"}).get("SRV");
                NamingEnumeration<?> all = records == null ? null : records.getAll();
                while (all != null && all.hasMore()) {
                    String[] parts = all.next().toString().split(" ", -1);
                    services.add(new Service(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            new Target(parts[3].replaceAll("\\.$", ""), Integer.parseInt(parts[2]))));
                }
            } finally {
                dns.close();
            }
        } catch (NamingException | RuntimeException none) { // no such name, no server, or an answer that is none
            return List.of();
        }
        Collections.shuffle(services);
        services.sort(Comparator.comparingInt(Service::priority)
                .thenComparing(Comparator.comparingInt(Service::weight).reversed()));
        return services.stream().map(Service::target).toList();
    }

    /** The JDK's own provider, past the server's naming, which knows nothing of it. */
    private static DirContext dns() throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.PROVIDER_URL, "dns:");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        for (InitialContextFactory factory :
                ServiceLoader.load(InitialContextFactory.class, ClassLoader.getPlatformClassLoader())) {
            if (factory.getClass().getName().contains(".dns.")) {
                return (DirContext) factory.getInitialContext(environment);
            }
        }
        throw new NamingException("this JDK has no DNS provider");
    }
}
