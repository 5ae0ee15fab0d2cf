/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkManager;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaResourceAdapterTest {
    /** Below those that the system gives to anybody's connections: here it must be free for UDP and for TCP. */
    private static final int PORT = 17_997;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<WorkContext> contexts = new ArrayList<>();

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    /** A container with threads and nothing else. */
    private BootstrapContext container() {
        WorkManager works = (WorkManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WorkManager.class}, (p, m, a) -> {
                    if (a[0] instanceof WorkContextProvider work) {
                        contexts.addAll(work.getWorkContexts());
                    }
                    pool.execute((Work) a[0]);
                    return 0L;
                });
        return (BootstrapContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BootstrapContext.class},
                (p, m, a) -> m.getName().equals("getWorkManager") ? works : null);
    }

    @Test
    void startsAndStopsFiftyTimesOnOnePort() throws Exception {
        for (int i = 0; i < 50; i++) {
            MediaResourceAdapter adapter = adapter(PORT);
            adapter.start(container());
            assertTrue(adapter.isStarted());
            adapter.stop();
            adapter.stop(); // the container may call it again
            assertFalse(adapter.isStarted());
        }
        assertEquals(50, contexts.size());
        assertEquals(Boolean.TRUE, ((HintsContext) contexts.get(0)).getHints().get(HintsContext.LONGRUNNING_HINT));
        pool.shutdown();
        assertTrue(pool.awaitTermination(5, TimeUnit.SECONDS), "a loop is still running");
    }

    @Test
    void complaintsNameTheProperty() {
        MediaResourceAdapter wrongPort = adapter(80);
        assertComplaint(wrongPort, "plenum.media.udp-port 80");
        MediaResourceAdapter wrongTcp = adapter(10_000);
        wrongTcp.setTcpPort(70_000);
        assertComplaint(wrongTcp, "plenum.media.tcp-port 70000");
        MediaResourceAdapter name = adapter(10_000);
        name.setBindAddress("localhost");
        assertComplaint(name, "plenum.media.bind-address");
        MediaResourceAdapter wildcard = adapter(10_000);
        wildcard.setBindAddress("0.0.0.0");
        assertComplaint(wildcard, "plenum.media.advertised-address");
        MediaResourceAdapter secret = adapter(10_000);
        secret.setApiSecret("short");
        assertComplaint(secret, "plenum.media.api-secret");
    }

    @Test
    void aTakenPortIsNamedAndLeavesNothingBehind() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            MediaResourceAdapter adapter = adapter(taken.getLocalPort());
            assertComplaint(adapter, "plenum.media.udp-port " + taken.getLocalPort());
            assertFalse(adapter.isStarted());
            assertEquals(List.of(), contexts);
        }
    }

    @Test
    void theTcpPortHasTheNumberOfTheUdpPortUnlessItIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MediaResourceAdapter adapter = adapter(taken.getLocalPort());
            assertComplaint(adapter, "plenum.media.tcp-port " + taken.getLocalPort());
            adapter.setTcpPort(0);
            adapter.start(container());
            assertTrue(adapter.isStarted());
            adapter.stop();
        }
    }

    @Test
    void aContainerWithoutThreadsLeavesThePortFree() throws Exception {
        pool.shutdown();
        assertThrows(ResourceAdapterInternalException.class, () -> adapter(PORT).start(container()));
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)).close();
    }

    @Test
    void theAdminObjectSpeaksForTheStartedAdapter() throws Exception {
        MediaResourceAdapter adapter = adapter(PORT);
        MediaAdmin admin = new MediaAdmin();
        admin.setResourceAdapter(adapter);
        assertThrows(IllegalStateException.class, admin::statistics);
        adapter.start(container());
        try {
            assertEquals(
                    adapter.media().statistics().getClass(), admin.statistics().getClass());
            assertEquals(
                    List.of(),
                    admin.participants(new org.plenum.media.api.MediaRoomId("none"))
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS));
        } finally {
            adapter.stop();
        }
        assertThrows(IllegalStateException.class, admin::statistics);
    }

    @Test
    void isEqualByItsProperties() {
        MediaResourceAdapter one = adapter(10_000);
        assertEquals(adapter(10_000), one);
        assertEquals(adapter(10_000).hashCode(), one.hashCode());
        one.setApiKey("another");
        assertNotEquals(adapter(10_000), one);
    }

    private void assertComplaint(MediaResourceAdapter adapter, String part) {
        var complaint = assertThrows(ResourceAdapterInternalException.class, () -> adapter.start(container()));
        assertTrue(complaint.getMessage().contains(part), complaint.getMessage());
    }

    private static MediaResourceAdapter adapter(int port) {
        MediaResourceAdapter adapter = new MediaResourceAdapter();
        adapter.setUdpPort(port);
        return adapter;
    }
}
