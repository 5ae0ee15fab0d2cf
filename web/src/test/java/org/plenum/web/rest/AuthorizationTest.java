/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
    private static final String CODE = "451c5b87-e0f2-4b7f-8879-ede077863c87";

    @Test
    void bothSchemesAreReadWhateverTheirCase() {
        assertTrue(of("Bearer a.b.c").isBearer());
        assertTrue(of("bearer a.b.c").isBearer());
        assertEquals(
                Optional.of(UUID.fromString(CODE)), of("InviteCode " + CODE).inviteCode());
        assertEquals(
                Optional.of(UUID.fromString(CODE)), of("invitecode  " + CODE).inviteCode());
    }

    @Test
    void garbageIsNeither() {
        for (String header : List.of(
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearerx",
                "InviteCode",
                "InviteCode x",
                "InviteCode 1-1-1-1-1",
                "InviteCode " + CODE + CODE,
                "Basic YTpi",
                CODE,
                "\u0000")) {
            assertFalse(of(header).isBearer(), header);
            assertEquals(Optional.empty(), of(header).inviteCode(), header);
        }
        assertFalse(new Authorization(Optional.empty()).isBearer());
    }

    private static Authorization of(String header) {
        return new Authorization(Optional.of(header));
    }
}
