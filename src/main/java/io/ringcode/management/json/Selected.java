package io.ringcode.management.json;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One item, with the members that {@link Paging} asked for.
 *
 * @param <T> what it is with all of them
 */
public record Selected<T>(T item, @JsonValue Object wire) {
    @Override
    public String toString() {
        return "one item";
    }
}
