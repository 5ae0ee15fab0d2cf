/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.plenum.conference.event.EventFilter;
import org.plenum.conference.event.When;
import org.plenum.conference.user.Complaint;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.Texts;

/**
 * Takes the fields of a body one by one and remembers what is wrong with them, so that one answer names all. Unknown keys
 * are ignored, {@code null} counts as absent unless a method says otherwise. After the last field comes {@link #check},
 * or {@link #checkEntrance} where the web app takes no 422.
 */
final class Fields {
    private final JsonObject body;
    private final List<Complaint> complaints = new ArrayList<>();

    Fields(JsonObject body) {
        this.body = body;
    }

    /** @throws Refused validation failed, with everything that was wrong */
    void check() {
        if (!complaints.isEmpty()) {
            throw Refused.invalid(complaints);
        }
    }

    /** For entering a meeting, where any answer but four makes the web app repeat for ever. @throws ApiError bad request */
    void checkEntrance() {
        if (!complaints.isEmpty()) {
            throw ApiError.badRequest(complaints.get(0).message());
        }
    }

    /** A text of one line, with so many characters. */
    Optional<String> line(String key, int least, int most) {
        return text(key, least, most, Texts::oneLine);
    }

    /** A text that may have line ends. */
    Optional<String> lines(String key, int most) {
        return text(key, 0, most, Texts::manyLines);
    }

    /** Any text at all, for who cleans it afterwards. */
    Optional<String> any(String key, int most) {
        return text(key, 0, most, value -> true);
    }

    /** Any text that can be stored. */
    Optional<String> secret(String key, int least, int most) {
        return text(key, least, most, Texts::storable);
    }

    private Optional<String> text(String key, int least, int most, Predicate<String> allowed) {
        return string(key).filter(value -> {
            int length = Texts.length(value);
            if (length < least || length > most) {
                invalid(key, key + " must have " + least + " to " + most + " characters");
                return false;
            }
            if (!allowed.test(value)) {
                invalid(key, key + " has characters that are not allowed");
                return false;
            }
            return true;
        });
    }

    /** A text that may be set to nothing: absent, or present and empty for {@code null}. */
    Optional<Optional<String>> removable(String key, int least, int most) {
        if (body.containsKey(key) && body.isNull(key)) {
            return Optional.of(Optional.empty());
        }
        return secret(key, least, most).map(Optional::of);
    }

    Optional<Boolean> bool(String key) {
        return value(key).flatMap(value -> switch (value.getValueType()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            default -> invalid(key, key + " must be true or false");
        });
    }

    Optional<UUID> uuid(String key) {
        return string(key).flatMap(value -> {
            Optional<UUID> uuid = Authorization.uuid(value);
            return uuid.isPresent() ? uuid : invalid(key, key + " must be a UUID");
        });
    }

    /** One of the names of an enumeration, in lower case. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return string(key).flatMap(value -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                    return Optional.of(constant);
                }
            }
            return invalid(key, key + " must be one of the known values");
        });
    }

    Optional<Instant> instant(String key) {
        return string(key).flatMap(value -> {
            Optional<Instant> instant = instantOf(value).filter(EventFilter::isStorable);
            return instant.isPresent() ? instant : invalid(key, key + " must be a time (RFC 3339)");
        });
    }

    /** A moment with its time zone. */
    Optional<When> when(String key) {
        return value(key).flatMap(value -> {
            Optional<When> when = value instanceof JsonObject object ? whenOf(object) : Optional.empty();
            return when.isPresent() ? when : invalid(key, key + " must have a datetime and a timezone");
        });
    }

    /** A list of texts, exactly as they are. */
    Optional<List<String>> texts(String key, int mostTexts, int mostCharacters) {
        return value(key).flatMap(value -> {
            if (!(value instanceof JsonArray array) || array.size() > mostTexts) {
                return invalid(key, key + " must be a list of at most " + mostTexts);
            }
            List<String> texts = new ArrayList<>();
            for (JsonValue entry : array) {
                if (!(entry instanceof JsonString text)
                        || Texts.length(text.getString()) > mostCharacters
                        || !Texts.oneLine(text.getString())) {
                    return invalid(key, key + " must have texts of at most " + mostCharacters + " characters");
                }
                texts.add(text.getString());
            }
            return Optional.of(texts);
        });
    }

    /** Complains when the field is absent. @return a value to go on with until {@link #check} */
    <T> T required(String key, Optional<T> value, T meanwhile) {
        if (value.isEmpty()
                && complaints.stream().noneMatch(complaint -> complaint.field().equals(key))) {
            complaints.add(Complaint.required(key));
        }
        return value.orElse(meanwhile);
    }

    /** For switches of parts that are not there: they may be off, not on. */
    void mustBeOff(String key) {
        value(key)
                .filter(value -> switch (value.getValueType()) {
                    case FALSE -> false;
                    case ARRAY -> !value.asJsonArray().isEmpty();
                    default -> true;
                })
                .ifPresent(on -> invalid(key, key + " is not in the tariff"));
    }

    static Optional<Instant> instantOf(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<When> whenOf(JsonObject object) {
        if (!(object.get("datetime") instanceof JsonString datetime)
                || !(object.get("timezone") instanceof JsonString timezone)
                || timezone.getString().length() > 64) {
            return Optional.empty();
        }
        try {
            ZoneId zone = ZoneId.of(timezone.getString());
            return instantOf(datetime.getString())
                    .filter(EventFilter::isStorable)
                    .map(moment -> new When(moment, zone));
        } catch (DateTimeException noZone) {
            return Optional.empty();
        }
    }

    private Optional<String> string(String key) {
        return value(key)
                .flatMap(value -> value instanceof JsonString text
                        ? Optional.of(text.getString())
                        : invalid(key, key + " must be a text"));
    }

    private Optional<JsonValue> value(String key) {
        return Optional.ofNullable(body.get(key)).filter(value -> value.getValueType() != JsonValue.ValueType.NULL);
    }

    private <T> Optional<T> invalid(String key, String message) {
        complaints.add(Complaint.invalid(key, message));
        return Optional.empty();
    }
}
