package io.ringcode.budget;

import io.ringcode.client.ClientId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a budget is for.
 *
 * @param of the client's id, the country (ISO 3166-1 alpha-2) or the carrier's name; null for the whole tenant
 */
public record BudgetScope(Kind kind, @Nullable String of) {
    public static final BudgetScope TENANT = new BudgetScope(Kind.TENANT, null);

    public enum Kind {
        TENANT,
        APPLICATION,
        COUNTRY,
        CARRIER;

        /** Its name in the Management API. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BudgetScope {
        if ((kind == Kind.TENANT) != (of == null))
            throw new IllegalArgumentException("Of what is missing, or too much");
    }

    /** As it is stored, such as {@code country:TG}. */
    String key() {
        return of == null ? kind.wire() : kind.wire() + ":" + of;
    }

    /** Whether a message counts here. */
    boolean covers(@Nullable ClientId client, String country, String carrier) {
        return switch (kind) {
            case TENANT -> true;
            case APPLICATION -> client != null && client.value().equals(of);
            case COUNTRY -> country.equals(of);
            case CARRIER -> carrier.equals(of);
        };
    }

    @Override
    public String toString() {
        return kind == Kind.TENANT ? "the tenant" : kind.name().toLowerCase(Locale.ROOT) + " " + of;
    }
}
