/* SPDX-License-Identifier: EUPL-1.2 */
/** What accounts may use: quotas, modules, features. Knows nothing of accounts. */
package org.plenum.conference.tariff;
