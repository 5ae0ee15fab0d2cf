/* SPDX-License-Identifier: EUPL-1.2 */
/** Bad lines for tests: what they do to packets in virtual time, what scenarios say about them, and a relay that does it for real. */
package org.plenum.media.impairment;
