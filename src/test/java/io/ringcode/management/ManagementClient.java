package io.ringcode.management;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** An administrator's program: a client with scopes of the Management API. */
public record ManagementClient(TestTenant tenant, String token) {
    private static final String FACTORS = "/api/v2/guardian/factors";

    /** Grants the scopes to the tenant's application and fetches its token. */
    public static ManagementClient of(TestTenant tenant, String... scopes) {
        var server = tenant.server();
        server.bean(Apis.class)
                .grant(
                        tenant.id(),
                        new ClientId(tenant.clientId()),
                        Apis.MANAGEMENT,
                        Set.of(scopes),
                        server.clock().instant());
        return new ManagementClient(
                tenant,
                tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/")
                        .text("access_token"));
    }

    /** @param path below {@code /api/v2/guardian/factors} */
    public Answer get(String path) {
        return tenant.get(FACTORS + path, token);
    }

    public Answer put(String path, String body) {
        return tenant.send(tenant.request(FACTORS + path, token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    public Answer put(String path, Object body) {
        return put(path, JsonMapper.shared().writeValueAsString(body));
    }
}
