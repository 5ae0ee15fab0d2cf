/* SPDX-License-Identifier: EUPL-1.2 */
/** Properties of the web tier, and what is said about this server before anybody has logged in. */
package org.plenum.web.config;
