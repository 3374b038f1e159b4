package io.ringcode.management.json;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One item, with the members that its caller wants ({@link Paging#selected}).
 *
 * @param <T> what the item is
 * @param item the whole of it
 * @param wire the answer
 */
public record Selected<T>(T item, @JsonValue Object wire) {
    @Override
    public String toString() {
        return item.toString();
    }
}
