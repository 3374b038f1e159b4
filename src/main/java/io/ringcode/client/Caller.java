package io.ringcode.client;

import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application that asked, and from where: what the log says of every event.
 *
 * @param administrator the user who asked through the console; null for an application that asked by itself
 * @param scopes of the Management API that the caller holds for this request; none for a caller of the other APIs
 */
public record Caller(Client client, Origin origin, @Nullable String administrator, Set<String> scopes) {
    public Caller(Client client, Origin origin) {
        this(client, origin, null, Set.of());
    }

    public Caller with(Set<String> held) {
        return new Caller(client, origin, administrator, Set.copyOf(held));
    }

    public TenantId tenant() {
        return client.tenant();
    }
}
