package io.ringcode.client;

import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;

/** An application that asked, and from where: what the log says of every event. */
public record Caller(Client client, Origin origin) {
    public TenantId tenant() {
        return client.tenant();
    }
}
