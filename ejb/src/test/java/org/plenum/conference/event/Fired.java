/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps CDI events for the test to look at. */
record Fired<T>(List<Object> kept) implements Event<T> {
    @Override
    public void fire(T event) {
        kept.add(event);
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event) {
        throw new UnsupportedOperationException("the domain fires synchronously");
    }

    @Override
    public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        throw new UnsupportedOperationException("the domain fires synchronously");
    }

    @Override
    public Event<T> select(Annotation... qualifiers) {
        return this;
    }

    @Override
    public <U extends T> Event<U> select(Class<U> type, Annotation... qualifiers) {
        return new Fired<>(kept);
    }

    @Override
    public <U extends T> Event<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
        return new Fired<>(kept);
    }
}
