package io.ringcode.delivery.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one account that are set, secrets opened. */
public record AccountValues(Map<String, String> byName) {
    public @Nullable String find(String name) {
        return byName.get(name);
    }

    /** @throws IllegalStateException where the field is not set, which a required one always is */
    public String get(String name) {
        var value = byName.get(name);
        if (value == null) throw new IllegalStateException("No " + name);
        return value;
    }

    public String get(String name, String unset) {
        return byName.getOrDefault(name, unset);
    }

    @Override
    public String toString() {
        return "AccountValues" + byName.keySet();
    }
}
