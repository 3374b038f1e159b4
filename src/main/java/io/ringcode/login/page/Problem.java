package io.ringcode.login.page;

import java.util.Map;

/**
 * What is wrong with what was typed, said beside its field.
 *
 * @param field the field's name; empty for the whole form
 * @param key of its sentence among the texts, such as {@code invalid-code}
 * @param values for the sentence's placeholders, such as {@code minutes}
 */
public record Problem(String field, String key, Map<String, String> values) {
    public static Problem of(String field, String key) {
        return new Problem(field, key, Map.of());
    }
}
