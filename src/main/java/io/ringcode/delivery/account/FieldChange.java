package io.ringcode.delivery.account;

import org.jspecify.annotations.Nullable;

/** The change that a partial update makes to one field: in JSON, an absent member keeps it, null removes it. */
public sealed interface FieldChange {
    record Keep() implements FieldChange {}

    record Remove() implements FieldChange {}

    record Set(String value) implements FieldChange {
        @Override
        public String toString() {
            return "Set[•••]";
        }
    }

    /** @param value as it stood in the request; looked at only when it was {@code present} */
    static FieldChange of(boolean present, @Nullable String value) {
        if (!present) return new Keep();
        return value == null ? new Remove() : new Set(value);
    }

    /** @param stored what the field held before */
    default @Nullable String applyTo(@Nullable String stored) {
        return switch (this) {
            case Keep _ -> stored;
            case Remove _ -> null;
            case Set(var value) -> value;
        };
    }
}
