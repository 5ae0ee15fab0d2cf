/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import org.plenum.media.api.Media;

/** The media engine for classes that the container does not inject with it. */
@ApplicationScoped
public class MediaAccess {
    @Resource(lookup = Media.JNDI)
    private Media media;

    public Media media() {
        return media;
    }
}
