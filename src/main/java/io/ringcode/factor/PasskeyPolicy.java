package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A tenant's plan for leaving the phone: what suffices, by application, and how often people are asked to bind a passkey.
 *
 * @param required {@code any} or {@code phishing-resistant}
 * @param phoneUntil the first day (UTC) on which a phone no longer suffices for whoever has a passkey; null for none
 * @param offer whether people are asked after a sign-in to bind a passkey
 * @param pauseDays for how long after "Not now" nobody is asked again
 * @param clients applications of which more is required than of the others
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PasskeyPolicy(
        String required, @Nullable LocalDate phoneUntil, boolean offer, int pauseDays, List<ForClient> clients) {
    public static final String NAME = "guardian/passkeys";
    public static final String ANY = "any";
    public static final String PHISHING_RESISTANT = "phishing-resistant";
    public static final PasskeyPolicy DEFAULT = new PasskeyPolicy(ANY, null, true, 30, List.of());

    /** Whatever the pause: an offer is not made twice in a day. */
    public static final Duration SHORTEST_PAUSE = Duration.ofDays(1);

    @JsonNaming(SnakeCaseStrategy.class)
    public record ForClient(
            String clientId, String required, @Nullable LocalDate phoneUntil) {}

    public PasskeyPolicy {
        clients = List.copyOf(clients);
    }

    public static PasskeyPolicy of(TenantSettings settings) {
        return settings.get(NAME, PasskeyPolicy.class, DEFAULT);
    }

    /**
     * On the page of one's own methods the strictest holds: what is removed there is removed for all applications.
     *
     * @param client null where none asks: then the tenant's own rule holds
     */
    public RequiredStrength sufficient(@Nullable ClientId client, Instant now) {
        var all = sufficient(required, phoneUntil, now);
        if (client == null) return all;
        return clients.stream()
                .filter(one -> client.equals(Clients.ACCOUNT) || one.clientId().equals(client.value()))
                .map(one -> sufficient(one.required(), one.phoneUntil(), now))
                .reduce(all, RequiredStrength::or);
    }

    private static RequiredStrength sufficient(String required, @Nullable LocalDate phoneUntil, Instant now) {
        if (required.equals(PHISHING_RESISTANT)) return RequiredStrength.PHISHING_RESISTANT;
        return phoneUntil != null && !now.isBefore(phoneUntil.atStartOfDay().toInstant(UTC))
                ? RequiredStrength.NO_PHONE
                : RequiredStrength.ANY;
    }

    public Duration pause() {
        var wished = Duration.ofDays(pauseDays);
        return wished.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wished;
    }
}
