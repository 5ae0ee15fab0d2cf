/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.phone;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One call that has ended, without anybody's full number. */
@Entity
@Table(name = "call_record")
public class CallRecord {
    @Id
    private UUID id;

    @Column(name = "room_id")
    private UUID room;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    private String result;
    private String dialled;
    private String caller;

    protected CallRecord() {} // for JPA

    CallRecord(EndedCall call) {
        id = UUID.randomUUID();
        room = call.room().orElse(null);
        startedAt = call.started();
        endedAt = call.ended();
        result = call.result();
        dialled = call.dialled();
        caller = call.caller();
    }

    EndedCall call() {
        return new EndedCall(Optional.ofNullable(room), startedAt, endedAt, result, dialled, caller);
    }
}
