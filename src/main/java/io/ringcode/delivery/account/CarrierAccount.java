package io.ringcode.delivery.account;

import io.ringcode.phone.Channel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account with a carrier, without its secrets.
 *
 * @param id {@code pro_…}
 * @param channels what the tenant lets it carry
 * @param fields those that are set and no secrets
 * @param secrets the names of the secrets that are set
 */
public record CarrierAccount(
        String id,
        String carrier,
        boolean disabled,
        Set<Channel> channels,
        Map<String, String> fields,
        Set<String> secrets,
        Instant createdAt,
        Instant updatedAt) {
    /** A partial update: what is null, or not named, stays. */
    public record Change(
            Map<String, FieldChange> fields,
            @Nullable Boolean disabled,
            @Nullable Set<Channel> channels) {
        public static Change of(Map<String, FieldChange> fields) {
            return new Change(fields, null, null);
        }

        /** Sets these fields. */
        public static Change set(Map<String, String> fields) {
            var changes = new HashMap<String, FieldChange>();
            fields.forEach((name, value) -> changes.put(name, new FieldChange.Set(value)));
            return of(changes);
        }
    }
}
