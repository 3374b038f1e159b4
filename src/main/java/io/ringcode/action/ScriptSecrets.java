package io.ringcode.action;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Turns a script's secrets into what is stored, and back. */
@Component
class ScriptSecrets {
    /** One secret, and when it was set. */
    record Secret(String value, Instant updatedAt) {
        @Override
        public String toString() {
            return "•••";
        }
    }

    private static final TypeReference<TreeMap<String, Secret>> SECRETS = new TypeReference<>() {};

    private final ObjectMapper json;
    private final Sealer sealer;

    ScriptSecrets(ObjectMapper json, Keyring keys) {
        this.json = json;
        this.sealer = keys.sealer("script");
    }

    byte @Nullable [] seal(TenantId tenant, String script, Map<String, Secret> secrets) {
        return secrets.isEmpty() ? null : sealer.seal(json.writeValueAsString(secrets), tenant.value(), script);
    }

    Map<String, Secret> open(TenantId tenant, String script, byte @Nullable [] sealed) {
        return sealed == null ? Map.of() : json.readValue(sealer.openOwn(sealed, tenant.value(), script), SECRETS);
    }

    static Map<String, String> values(Map<String, Secret> secrets) {
        var values = new LinkedHashMap<String, String>();
        secrets.forEach((name, secret) -> values.put(name, secret.value()));
        return values;
    }
}
