/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

public record NodeId(String value) {}
