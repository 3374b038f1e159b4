package io.ringcode.action;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Claims of the tenant's own, set by its actions. What the server itself says in a token they cannot change: such names are
 * dropped, as Auth0 does.
 */
public record TokenClaims(Map<String, JsonNode> idToken, Map<String, JsonNode> accessToken) {
    public static final TokenClaims NONE = new TokenClaims(Map.of(), Map.of());

    private static final int LONGEST_NAME = 255;

    private static final Set<String> RESERVED = Set.of(
            ("acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest"
                            + " entitlements events exp groups gty htm htu iat internalservice iss jcard jku jti jwe jwk kid"
                            + " may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph s_hash"
                            + " scope sid sub sub_jwk toe txn typ uuid vot vtm x5t#s256")
                    .split(" ", -1));

    public TokenClaims {
        idToken = Map.copyOf(idToken);
        accessToken = Map.copyOf(accessToken);
    }

    public boolean none() {
        return idToken.isEmpty() && accessToken.isEmpty();
    }

    TokenClaims and(@Nullable JsonNode forIdToken, @Nullable JsonNode forAccessToken) {
        return new TokenClaims(with(idToken, forIdToken), with(accessToken, forAccessToken));
    }

    private static Map<String, JsonNode> with(Map<String, JsonNode> before, @Nullable JsonNode more) {
        if (more == null || !more.isObject()) return before;
        var all = new LinkedHashMap<>(before);
        more.properties().forEach(claim -> {
            if (claim.getValue().isNull()) all.remove(claim.getKey());
            else if (isFree(claim.getKey())) all.put(claim.getKey(), claim.getValue());
        });
        return all;
    }

    private static boolean isFree(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !RESERVED.contains(lower)
                && !lower.startsWith("sip_");
    }

    /** What a token for an API of this server may say: names that nobody takes for one of its own. */
    public Map<String, JsonNode> withNamespace() {
        var all = new LinkedHashMap<String, JsonNode>();
        accessToken.forEach((name, value) -> {
            if (name.startsWith("https://") || name.startsWith("http://")) all.put(name, value);
        });
        return all;
    }
}
