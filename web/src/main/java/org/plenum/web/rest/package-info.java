/* SPDX-License-Identifier: EUPL-1.2 */
/** REST v1: one resource class a prefix, bodies and answers as JSON by hand, one place for errors. */
package org.plenum.web.rest;
