package io.ringcode.management;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import io.ringcode.client.ManagementScopes;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.json.JsonMapper;

/** An administrator's program that may do everything, below {@code /api/v2}. */
public record Admin(TestTenant tenant, String token) {
    public static Admin of(TestTenant tenant) {
        var client = ManagementClient.of(tenant, ManagementScopes.ALL.toArray(String[]::new));
        return new Admin(tenant, client.token());
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer delete(String path) {
        return call("DELETE", path, null);
    }

    public Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    public Answer patch(String path, Object body) {
        return call("PATCH", path, body);
    }

    public Answer put(String path, Object body) {
        return call("PUT", path, body);
    }

    /** @param body a text is sent as it is, with {@code '} for {@code "}; other things become JSON; null for none */
    public Answer call(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        var request = tenant.request("/api/v2" + path.replace("|", "%7C"), token);
        if (body == null) return tenant.send(request.method(method, BodyPublishers.noBody()));
        var text = body instanceof String json
                ? json.replace('\'', '"')
                : JsonMapper.shared().writeValueAsString(body);
        return tenant.send(
                request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(text)));
    }
}
