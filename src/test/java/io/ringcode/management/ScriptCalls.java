package io.ringcode.management;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** An administrator's program that calls the endpoints of hooks and actions. */
record ScriptCalls(TestTenant tenant, String token) {
    static ScriptCalls of(TestTenant tenant, String... scopes) {
        return new ScriptCalls(tenant, ManagementClient.of(tenant, scopes).token());
    }

    Answer call(String method, String path, @Nullable String body) {
        var request = tenant.request("/api/v2" + path, token);
        if (body == null) return tenant.send(request.method(method, BodyPublishers.noBody()));
        return tenant.send(request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    Answer get(String path) {
        return call("GET", path, null);
    }
}
