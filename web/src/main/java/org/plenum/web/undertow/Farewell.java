/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.plenum.conference.live.LiveRooms;

/**
 * Ends the meetings when the application is undeployed, while their sockets can still be told why. Listeners are destroyed
 * in reverse order, and one from a deployment descriptor or an annotation would come after Undertow's own, which closes all
 * sockets: an extension adds its listener later. Found by Undertow through META-INF/services.
 */
public class Farewell implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addListener(new ListenerInfo(Undeploy.class, new ImmediateInstanceFactory<>(new Undeploy())));
    }

    private static final class Undeploy implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            CDI.current().select(LiveRooms.class).get().shutDown();
        }
    }
}
