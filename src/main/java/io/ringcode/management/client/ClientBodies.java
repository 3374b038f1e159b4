package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.client.AuthMethod;
import io.ringcode.client.ClientId;
import io.ringcode.client.Registration;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A new client and a change of one, as the Management API takes them. */
public final class ClientBodies {
    static final String KEYS = "client_authentication_methods";
    static final String NAME = "^[^<>]+$";

    private ClientBodies() {}

    public record New(
            @Length(min = 1, max = 200) @Matches(NAME) String name,
            @JsonUnwrapped ClientProperties properties,
            Patch<NewKeys> clientAuthenticationMethods)
            implements JsonBody {
        public New {
            oneWay(clientAuthenticationMethods, properties);
        }

        Registration client(ClientId id, Instant now) {
            var method = properties.method() == null ? properties.usualMethod() : properties.method();
            var blank = new Registration(
                    id, name, method, properties.usualGrants(), List.of(), List.of(), Map.of(), now, now);
            return properties.applyTo(
                    blank,
                    name,
                    clientAuthenticationMethods.value() == null ? method : AuthMethod.PRIVATE_KEY_JWT,
                    now);
        }

        List<ClientKeyBody> keys() {
            return clientAuthenticationMethods
                    .given()
                    .map(keys -> keys.privateKeyJwt().credentials())
                    .orElse(List.of());
        }
    }

    record NewKeys(NewCredentials privateKeyJwt) {}

    record NewCredentials(@Items(max = 2) List<ClientKeyBody> credentials) {}

    public record Change(
            @Nullable @Length(min = 1, max = 200) @Matches(NAME)
            String name,

            @JsonUnwrapped ClientProperties properties,
            Patch<KnownKeys> clientAuthenticationMethods)
            implements JsonBody {
        public Change {
            oneWay(clientAuthenticationMethods, properties);
        }

        Registration applyTo(Registration before, Instant now) {
            return properties.applyTo(before, name, method(before.authMethod()), now);
        }

        private AuthMethod method(AuthMethod before) {
            var keys = clientAuthenticationMethods;
            if (keys.value() != null) return AuthMethod.PRIVATE_KEY_JWT;
            var method = properties.method();
            if (method != null) return method;
            return before == AuthMethod.PRIVATE_KEY_JWT && keys.sent() ? AuthMethod.CLIENT_SECRET_POST : before;
        }

        /** The ids of the keys that are accepted from now on; null where nothing is said of them. */
        @Nullable
        Set<String> keys() {
            var keys = clientAuthenticationMethods.value();
            if (keys == null) return null;
            return keys.privateKeyJwt().credentials().stream().map(KnownKey::id).collect(Collectors.toSet());
        }
    }

    record KnownKeys(KnownCredentials privateKeyJwt) {}

    record KnownCredentials(@Items(max = 2) List<KnownKey> credentials) {}

    record KnownKey(String id) {}

    private static void oneWay(Patch<?> keys, ClientProperties properties) {
        if (keys.value() != null && properties.method() != null)
            throw InvalidBody.on(KEYS, "Cannot be set together with token_endpoint_auth_method");
    }
}
