/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import org.plenum.media.api.Media;

/** The container's resources for classes that the container does not inject with them. */
@ApplicationScoped
public class MediaAccess {
    @Resource(lookup = Media.JNDI)
    private Media media;

    @Resource
    private ManagedScheduledExecutorService timer;

    public Media media() {
        return media;
    }

    public ManagedScheduledExecutorService timer() {
        return timer;
    }
}
