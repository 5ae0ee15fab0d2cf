/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.util.ArrayList;
import java.util.List;
import org.plenum.sip.audio.Mixer;
import org.plenum.sip.audio.Speakers;
import org.plenum.sip.audio.Voice;

/** All callers of one media room, or all who are in none. On its media clock. */
final class Bridge {
    private final MediaClock clock;
    private final List<Leg> legs = new ArrayList<>();
    private final List<Voice> voices = new ArrayList<>(); // of the legs, in their order
    private final Speakers speakers = new Speakers();
    private final Mixer mixer; // null: they do not hear each other
    private volatile boolean ending;

    private Bridge(MediaClock clock, Mixer mixer) {
        this.clock = clock;
        this.mixer = mixer;
    }

    static Bridge ofRoom(MediaClock clock) {
        return new Bridge(clock, new Mixer());
    }

    /** For those who are not in any room yet. */
    static Bridge ofNobody(MediaClock clock) {
        return new Bridge(clock, null);
    }

    MediaClock clock() {
        return clock;
    }

    Speakers speakers() {
        return speakers;
    }

    void add(Leg leg) {
        legs.add(leg);
        voices.add(leg.voice());
        leg.at(this);
    }

    void remove(Leg leg) {
        int at = legs.indexOf(leg);
        if (at >= 0) {
            legs.remove(at);
            voices.remove(at);
            leg.at(null);
        }
    }

    /** Nobody will come any more. Any thread. */
    void end() {
        ending = true;
    }

    /** Whether it may go. Whoever is still on the way here brings it back. */
    boolean isOver() {
        return ending && legs.isEmpty();
    }

    int size() {
        return legs.size();
    }

    void tick(long nowNs) {
        for (int i = legs.size() - 1; i >= 0; i--) { // from behind: whoever is gone has been removed
            legs.get(i).listen(nowNs);
        }
        if (mixer == null) {
            for (int i = 0; i < legs.size(); i++) {
                legs.get(i).speak(null, nowNs);
            }
            return;
        }
        speakers.listen(nowNs);
        mixer.begin(voices, speakers);
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).speak(mixer.without(voices.get(i)), nowNs);
        }
    }
}
