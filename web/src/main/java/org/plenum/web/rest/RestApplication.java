/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** REST v1: resources and providers are found by their annotations. */
@ApplicationPath("/v1")
public class RestApplication extends Application {}
