/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.signaling;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.plenum.conference.live.LiveRooms;

/** Ends the meetings when the application is undeployed, while their sockets can still be told why. */
@WebListener
public class Farewell implements ServletContextListener {
    @Inject
    private LiveRooms rooms;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        rooms.shutDown();
    }
}
