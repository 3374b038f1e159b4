package io.ringcode.authorization;

import io.ringcode.action.TokenClaims;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Claims of actions, as they wait in the database for the tokens that they are for: sealed, since a script may put anything there. */
@Component
class SealedClaims {
    private final Sealer sealer;
    private final ObjectMapper json;

    SealedClaims(Keyring keys, ObjectMapper json) {
        this.sealer = keys.sealer("token-claims");
        this.json = json;
    }

    /**
     * @param row that they are stored in, and cannot be moved from
     * @return null for none
     */
    byte @Nullable [] seal(TenantId tenant, String row, TokenClaims claims) {
        return claims.none() ? null : sealer.seal(json.writeValueAsString(claims), tenant.value(), row);
    }

    TokenClaims open(TenantId tenant, String row, byte @Nullable [] sealed) {
        return sealed == null
                ? TokenClaims.NONE
                : json.readValue(sealer.openOwn(sealed, tenant.value(), row), TokenClaims.class);
    }
}
