/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;

/** The container's timer for classes that the container does not inject with it. */
@ApplicationScoped
public class SocketTimer {
    @Resource
    private ManagedScheduledExecutorService timer;

    public ManagedScheduledExecutorService timer() {
        return timer;
    }
}
