package io.ringcode.fraud;

import io.ringcode.phone.Channel;
import io.ringcode.phone.NumberKind;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Which numbers a tenant sends to, beside its list of countries.
 *
 * @param permittedKinds kinds that no person should need and that are sent to all the same, by {@link NumberKind#wire}
 * @param countries lists of countries for one channel or application; the tenant's own list holds for the others
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NumberSettings(Set<String> permittedKinds, List<Countries> countries) {
    public static final String NAME = "guardian/factors/phone/fraud/numbers";
    public static final NumberSettings DEFAULT = new NumberSettings(Set.of(), List.of());

    /**
     * A list of countries.
     *
     * @param channel that it is for, by {@link Channel#wire}; null for all
     * @param clientId the application that it is for; null for all
     * @param list ISO 3166-1 alpha-2
     * @param mode {@code allow}: these only; {@code deny}: all but these
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Countries(
            @Nullable String channel, @Nullable String clientId, Set<String> list, String mode) {
        private boolean isFor(SendRequest request) {
            var client = request.client();
            return (channel == null || channel.equals(request.channel().wire()))
                    && (clientId == null || (client != null && clientId.equals(client.value())));
        }

        /** An application says more than a channel. */
        private int weight() {
            return (clientId == null ? 0 : 2) + (channel == null ? 0 : 1);
        }
    }

    public static NumberSettings of(TenantSettings settings) {
        return settings.get(NAME, NumberSettings.class, DEFAULT);
    }

    boolean permitsKind(PhoneNumber number) {
        var kind = number.kind();
        return kind == NumberKind.ORDINARY || permittedKinds.contains(kind.wire());
    }

    /** The list that says most of a message; empty where none is for it. */
    Optional<Countries> countriesFor(SendRequest request) {
        return countries.stream().filter(one -> one.isFor(request)).max(Comparator.comparingInt(Countries::weight));
    }
}
