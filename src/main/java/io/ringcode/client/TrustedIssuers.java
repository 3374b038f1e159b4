package io.ringcode.client;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Setting: whose word is taken for who a user is, so that only the second factor is asked here. */
@JsonNaming(SnakeCaseStrategy.class)
public record TrustedIssuers(List<TrustedIssuer> issuers) {
    public static final String NAME = "guardian/trusted-issuers";
    public static final TrustedIssuers NONE = new TrustedIssuers(List.of());

    /**
     * @param name what its users' ids begin with, such as {@code entra}
     * @param issuer as its tokens say it, letter by letter
     * @param audience whom its tokens are for: the id by which it knows this server
     * @param clientId the client that it asks as
     * @param jwksUri where its public keys are; null where they are in {@code jwks}
     * @param jwks its public keys (RFC 7517); null where they are fetched
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TrustedIssuer(
            String name,
            String issuer,
            String audience,
            String clientId,
            @Nullable URI jwksUri,
            @Nullable JsonNode jwks) {}
}
