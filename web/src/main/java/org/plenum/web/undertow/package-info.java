/* SPDX-License-Identifier: EUPL-1.2 */
/** The only package of the web module that uses Undertow's own API: what has to happen before authentication. */
package org.plenum.web.undertow;
