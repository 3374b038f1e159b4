package io.ringcode.client;

import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.Set;

/**
 * An application.
 *
 * @param confidential has a secret and must show it
 * @param grantTypes the grants that it may use, by their names on the wire
 * @param webOrigins origins whose pages may call this server with this client (CORS)
 */
public record Client(
        TenantId tenant,
        ClientId id,
        String name,
        boolean confidential,
        Set<String> grantTypes,
        List<String> webOrigins) {}
