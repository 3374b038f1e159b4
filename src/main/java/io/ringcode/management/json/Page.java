package io.ringcode.management.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * A part of a list, as {@link Paging} asked for it: bare, within an object with totals, or with the checkpoint of the next
 * part.
 *
 * @param <T> what the list holds
 * @param items those of this part
 * @param wire the answer
 */
public record Page<T>(List<T> items, @JsonValue Object wire) {
    @Override
    public String toString() {
        return items.size() + " items";
    }
}
