package io.ringcode.setup;

import io.ringcode.authorization.GrantType;
import io.ringcode.client.AuthMethod;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.factor.Factors;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.PasswordHash;
import io.ringcode.user.Passwords;
import io.ringcode.user.Users;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** Two applications, a user with a password, and every factor on, so that a first sign-in needs no set-up. */
@Component
class Demo {
    private static final ClientId CLIENT = new ClientId("demo");
    /** The page of {@code examples/spa-js}. */
    private static final ClientId PAGE = new ClientId("demo-spa");

    private static final String PAGE_ORIGIN = "https://localhost:3000";
    private static final String USER = "ada@example.com";

    private final Tenants tenants;
    private final Clients clients;
    private final Registrations registrations;
    private final Users users;
    private final Passwords passwords;
    private final RandomText random;

    Demo(
            Tenants tenants,
            Clients clients,
            Registrations registrations,
            Users users,
            Passwords passwords,
            RandomText random) {
        this.tenants = tenants;
        this.clients = clients;
        this.registrations = registrations;
        this.users = users;
        this.passwords = passwords;
        this.random = random;
    }

    /** The demo user's password with its hash, which takes too long to be made in a transaction. */
    record Password(String text, PasswordHash hash) {}

    /** @return empty where the demo is there already, and needs none */
    Optional<Password> password() {
        if (clients.find(TenantId.DEFAULT, CLIENT).isPresent()) return Optional.empty();
        var text = random.mixed(12);
        return Optional.of(new Password(text, passwords.hash(text)));
    }

    /**
     * @param password from {@link #password}; null where that found the demo
     * @return empty when it is there already
     */
    Optional<Credentials.OfDemo> ensure(@Nullable Password password, Instant now) {
        var tenant = TenantId.DEFAULT;
        if (clients.find(tenant, PAGE).isEmpty()) registrations.create(tenant, page(now), null);
        if (password == null || clients.find(tenant, CLIENT).isPresent()) return Optional.empty();
        var grants = Arrays.stream(GrantType.values())
                .filter(grant -> grant != GrantType.CLIENT_CREDENTIALS)
                .map(GrantType::wire)
                .collect(Collectors.toUnmodifiableSet());
        var client = new Credentials.OfClient(CLIENT.value(), random.mixed(64));
        clients.create(new Client(tenant, CLIENT, "Demo", true, grants, List.of()), client.secret(), now);
        users.create(tenant, Connections.DEFAULT, USER, "Ada", password.hash(), now);
        tenants.set(
                tenant,
                Factors.FACTORS,
                new Factors.Switches(Map.of("sms", true, "otp", true, "recovery-code", true)),
                now);
        tenants.set(tenant, Factors.MESSAGE_TYPES, new Factors.MessageTypes(List.of("sms", "voice")), now);
        tenants.set(tenant, Factors.POLICIES, new Factors.Policies(List.of("all-applications")), now);
        return Optional.of(new Credentials.OfDemo(client, USER, password.text()));
    }

    private static Registration page(Instant now) {
        var home = PAGE_ORIGIN + "/";
        return new Registration(
                PAGE,
                "Demo page",
                AuthMethod.NONE,
                List.of(GrantType.AUTHORIZATION_CODE.wire(), GrantType.REFRESH_TOKEN.wire()),
                List.of(home),
                List.of(PAGE_ORIGIN),
                Map.of(
                        "allowed_logout_urls",
                        JsonNodeFactory.instance.arrayNode().add(home)),
                now,
                now);
    }
}
