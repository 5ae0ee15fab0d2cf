/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.Set;
import java.util.TreeSet;

/** A set of names as one JSON text: {@code ["recording::stream"]}. */
@Converter
public class FeaturesText implements AttributeConverter<Set<String>, String> {
    @Override
    public String convertToDatabaseColumn(Set<String> features) {
        return Json.createArrayBuilder(new TreeSet<>(features)).build().toString();
    }

    @Override
    public Set<String> convertToEntityAttribute(String text) {
        return texts(Json.createReader(new StringReader(text)).readArray());
    }

    static Set<String> texts(JsonArray array) {
        Set<String> texts = new TreeSet<>();
        array.getValuesAs(JsonString.class).forEach(value -> texts.add(value.getString()));
        return texts;
    }
}
