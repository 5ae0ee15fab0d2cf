/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.List;

/** The rules of a series as one JSON text, because they are given back exactly as they came. */
@Converter
public class RecurrenceText implements AttributeConverter<List<String>, String> {
    @Override
    public String convertToDatabaseColumn(List<String> rules) {
        return rules == null || rules.isEmpty()
                ? null
                : Json.createArrayBuilder(rules).build().toString();
    }

    @Override
    public List<String> convertToEntityAttribute(String text) {
        return text == null
                ? List.of()
                : Json.createReader(new StringReader(text)).readArray().getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
    }
}
