/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * Readiness of the application. In a jar of its own in the EAR's lib, because the server registers checks from there, and none that stand in
 * a sub-deployment (WFLY-12835).
 */
package org.plenum.health;
