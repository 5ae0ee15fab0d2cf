/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.tariff;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The modules of a tariff as one JSON text: {@code {"core":["guests_allowed"],"chat":[]}}. */
@Converter
public class ModulesText implements AttributeConverter<Map<String, Set<String>>, String> {
    @Override
    public String convertToDatabaseColumn(Map<String, Set<String>> modules) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(modules).forEach((module, features) -> json.add(module, Json.createArrayBuilder(features)));
        return json.build().toString();
    }

    @Override
    public Map<String, Set<String>> convertToEntityAttribute(String text) {
        JsonObject json = Json.createReader(new StringReader(text)).readObject();
        Map<String, Set<String>> modules = new TreeMap<>();
        json.keySet().forEach(module -> modules.put(module, FeaturesText.texts(json.getJsonArray(module))));
        return modules;
    }
}
