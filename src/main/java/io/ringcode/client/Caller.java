package io.ringcode.client;

import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An application that asked, and from where: what the log says of every event.
 *
 * @param administrator the user who asked through the console; null for an application that asked by itself
 */
public record Caller(Client client, Origin origin, @Nullable String administrator) {
    public Caller(Client client, Origin origin) {
        this(client, origin, null);
    }

    public TenantId tenant() {
        return client.tenant();
    }
}
