/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

/** What a caller gets for a conference id and a PIN. */
public sealed interface PhoneAnswer {
    record Welcome(Admission admission) implements PhoneAnswer {}

    /** No such room, or the wrong PIN. */
    record WrongNumbers() implements PhoneAnswer {}

    /** Right, but this meeting is closed to telephones: no guests, end-to-end encryption, or not in the tariff. */
    record NotOffered() implements PhoneAnswer {}
}
