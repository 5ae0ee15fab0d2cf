/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;

/** An LDAP directory in this process's memory, filled from {@code directory.ldif}. */
final class Directory implements AutoCloseable {
    private final InMemoryDirectoryServer server;

    private Directory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static Directory listen(int port) throws IOException {
        try (InputStream ldif = Directory.class.getResourceAsStream("directory.ldif")) {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
            config.addAdditionalBindCredentials("cn=keycloak,dc=example,dc=org", "keycloak");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("demo", InetAddress.getLoopbackAddress(), port, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.importFromLDIF(true, new LDIFReader(ldif));
            server.startListening();
            return new Directory(server);
        } catch (LDAPException cause) {
            throw new IOException("the directory does not start: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
