/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.config;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers in the place of the container's error page, which web.xml sends here. REST's own errors never come this way;
 * what does is a token that could not be checked, because the identity provider does not answer: to REST's clients that
 * is "try again later", not the fault in HTML that the container makes of it.
 */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (path == null) { // asked for directly
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean withToken = request.getHeader("Authorization") != null;
        response.setStatus(
                withToken ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        if (String.valueOf(path).startsWith("/v1/")) {
            response.setContentType("application/json");
            response.getWriter()
                    .write(
                            withToken
                                    ? "{\"code\":\"service_unavailable\",\"message\":\"The login service does not answer\"}"
                                    : "{\"code\":\"internal_server_error\",\"message\":\"Something went wrong\"}");
        }
    }
}
