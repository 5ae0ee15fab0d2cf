/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;
import javax.sdp.SdpException;
import org.plenum.sip.call.Description;
import org.plenum.sip.call.Negotiation;
import org.plenum.sip.call.Negotiation.Agreement;
import org.plenum.sip.call.Offer;
import org.plenum.sip.call.Protection;
import org.plenum.sip.call.Trunk;

/** The session descriptions of one call (RFC 3264): what the telephone said last, what was agreed, and what we said. On the {@link CallLoop}. */
final class SoundSession {
    /** What an offer changes. */
    enum Outcome {
        NOTHING,
        SOMETHING,
        /** Nothing in it can be carried here. */
        IMPOSSIBLE
    }

    private static final Logger LOG = System.getLogger("org.plenum.sip");
    private static final Protection LENIENT = new Protection(Protection.Policy.OFF, false, new SecureRandom());

    private final Protection protection;
    private Description description;
    private Offer offer;
    private Agreement agreement;
    private String said;

    SoundSession(Protection protection) {
        this.protection = protection;
    }

    /** @throws SdpException it cannot be understood */
    Outcome offered(String body) throws SdpException {
        Offer read = OfferReader.read(body);
        if (read.equals(offer)) {
            return Outcome.NOTHING;
        }
        Optional<Agreement> found = Negotiation.of(read, protection);
        if (found.isEmpty()) {
            offer = agreement == null ? read : offer; // for refusal
            return Outcome.IMPOSSIBLE;
        }
        offer = read;
        agreement = found.get();
        protection.answer(agreement.crypto());
        if (description != null) {
            said = description.answer(offer, agreement, protection.pair());
        }
        return Outcome.SOMETHING;
    }

    /** @return a word for the record: why the first offer was refused. What the trunk's operator can change is logged */
    String refusal(Trunk trunk) {
        if (Negotiation.of(offer, LENIENT).isEmpty()) {
            return "no_codec";
        }
        LOG.log(Level.INFO, () -> "a call was refused: no SRTP, see plenum.sip.trunk." + trunk.name() + ".srtp");
        return "no_srtp";
    }

    /** Our side is open: from here on there is something to say. An offer, if there was none. */
    void begin(Description ours) {
        description = ours;
        said = agreement == null
                ? ours.offer(protection.offer(), protection.takesPlain())
                : ours.answer(offer, agreement, protection.pair());
    }

    /**
     * The answer to the offer that {@link #begin} made.
     *
     * @return false: nothing in it can be carried here
     */
    boolean answered(Optional<String> body) throws SdpException {
        if (body.isEmpty()) {
            return false;
        }
        Optional<Agreement> found = Negotiation.of(OfferReader.read(body.get()), protection);
        agreement = found.filter(answer -> protection.answered(answer.crypto())).orElse(null);
        return agreement != null;
    }

    /** Absent before the first one. */
    Optional<Agreement> agreement() {
        return Optional.ofNullable(agreement);
    }

    Optional<Protection.Pair> protection() {
        return protection.pair();
    }

    /** Our last description. */
    String said() {
        return said;
    }
}
