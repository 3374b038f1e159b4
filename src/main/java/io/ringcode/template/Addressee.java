package io.ringcode.template;

import io.ringcode.client.Client;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;

/** Who a message is for, and through which application: what a unified template may name. */
public record Addressee(UserId user, Client client) {
    public TenantId tenant() {
        return client.tenant();
    }
}
