/* SPDX-License-Identifier: EUPL-1.2 */
/** Counters for those who run the server. */
package org.plenum.web.metrics;
