/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Moves the token of a media request out of sight of the server's OIDC mechanism, which looks at every bearer token of the
 * deployment: to it, a media token is a broken one, and an error as long as the identity provider does not answer. A
 * servlet filter would come too late. Found by Undertow through META-INF/services.
 */
public class MediaTokens implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(MediaTokens::before);
    }

    private static HttpHandler before(HttpHandler next) {
        return exchange -> {
            if (exchange.getRelativePath().startsWith("/livekit")) {
                MediaTokenMove.apply(exchange);
            }
            next.handleRequest(exchange);
        };
    }
}
