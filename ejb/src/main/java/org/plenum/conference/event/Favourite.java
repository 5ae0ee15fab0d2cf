/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.UUID;

/** An account has marked an event. */
@Entity
@IdClass(Favourite.Key.class)
public class Favourite {
    @Id
    @Column(name = "event_id")
    private UUID event;

    @Id
    @Column(name = "account_id")
    private UUID account;

    protected Favourite() {} // for JPA

    Favourite(UUID event, UUID account) {
        this.event = event;
        this.account = account;
    }

    /** One mark an event and account. */
    public record Key(UUID event, UUID account) implements Serializable {}
}
