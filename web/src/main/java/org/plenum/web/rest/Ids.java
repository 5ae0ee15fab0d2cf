/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

/** How ids look in paths: anything else is no path of REST, and not found. */
final class Ids {
    static final String UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private Ids() {}
}
