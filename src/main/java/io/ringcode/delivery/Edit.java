package io.ringcode.delivery;

import org.jspecify.annotations.Nullable;

/** What a partial update wants of one field: in JSON, absent keeps, null removes. */
public sealed interface Edit {
    record Keep() implements Edit {}

    record Remove() implements Edit {}

    record Set(String value) implements Edit {
        @Override
        public String toString() {
            return "Set[•••]";
        }
    }

    /** @param value as it stood in the request; looked at only when it was {@code present} */
    static Edit of(boolean present, @Nullable String value) {
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
