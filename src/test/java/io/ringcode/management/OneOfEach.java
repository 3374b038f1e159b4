package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.TestTenant;
import io.ringcode.administrator.Administrators;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tenant that has one of each thing that there is.
 *
 * @param ids a path's beginning, and what the tenant has there: one id for each variable
 */
public record OneOfEach(Admin admin, Map<String, List<String>> ids) {
    public static OneOfEach made() {
        var admin = Admin.of(Ringcode.shared().tenant());
        return new OneOfEach(admin, ids(admin));
    }

    /** One id for each variable of the endpoint's path. Of the beginnings that fit, the longest one counts. */
    public List<String> idsFor(Endpoint endpoint) {
        return ids.entrySet().stream()
                .filter(known -> endpoint.path().startsWith(known.getKey()))
                .reduce((one, next) -> one.getKey().length() > next.getKey().length() ? one : next)
                .orElseThrow(() -> new AssertionError("Tell this test an id of another tenant for " + endpoint))
                .getValue();
    }

    private static Map<String, List<String>> ids(Admin admin) {
        var tenant = admin.tenant();
        var person = tenant.enrolled(TestTenant.newNumber());
        var user = person.id().value();
        var methods = admin.get("/users/" + user + "/authentication-methods").body();
        var method = methods.valueStream()
                .map(one -> one.path("id").asString())
                .filter(id -> id.startsWith("phone"))
                .findFirst()
                .orElseThrow();
        var client = created(admin, "/clients", "{'name':'theirs'}", "client_id");
        var api = created(admin, "/resource-servers", "{'identifier':'https://theirs.example/'}", "id");
        var ids = new LinkedHashMap<String, List<String>>();
        ids.put("/api/v2/tenants/", List.of(tenant.id().value()));
        ids.put("/api/v2/users/", List.of(user));
        ids.put("/api/v2/users/{user}/authentication-methods/", List.of(user, method));
        ids.put("/api/v2/users/{user}/multifactor/{", List.of(user, "google-authenticator"));
        ids.put("/api/v2/user-blocks/", List.of(user));
        var administrators = tenant.server().bean(Administrators.class);
        var now = tenant.server().clock().instant();
        administrators.accept(
                tenant.id(), administrators.link(tenant.id(), Set.of("read:logs"), now), person.id(), now);
        ids.put("/api/v2/administrators/", List.of(user));
        ids.put("/api/v2/guardian/enrollments/", List.of(method.substring(method.indexOf('|') + 1)));
        var signing = admin.get("/keys/signing").body().path(0).path("kid").asString();
        ids.put("/api/v2/keys/signing/", List.of(signing));
        ids.put("/api/v2/clients/", List.of(client));
        var key = Map.of("credential_type", "public_key", "name", "key", "pem", pem());
        var credential = admin.post("/clients/" + client + "/credentials", key).text("id");
        ids.put("/api/v2/clients/{client}/credentials/", List.of(client, credential));
        ids.put("/api/v2/resource-servers/", List.of(api));
        ids.put(
                "/api/v2/client-grants/",
                List.of(created(
                        admin,
                        "/client-grants",
                        "{'client_id':'" + client + "','audience':'https://theirs.example/','scope':[]}",
                        "id")));
        ids.put(
                "/api/v2/connections/",
                List.of(created(admin, "/connections", "{'name':'theirs','strategy':'auth0'}", "id")));
        ids.put(
                "/api/v2/logs/",
                List.of(admin.get("/logs").body().get(0).path("log_id").asString()));
        ids.put(
                "/api/v2/branding/phone/templates/",
                List.of(created(
                        admin,
                        "/branding/phone/templates",
                        "{'type':'otp_verify','content':{'syntax':'liquid','body':{'text':'{{ code }}','voice':'{{ code }}'}}}",
                        "id")));
        var sumo = "{'type':'sumo','sink':{'sumoSourceAddress':'https://sumo.example/x'}}";
        ids.put("/api/v2/log-streams/", List.of(admin.post("/log-streams", sumo).text("id")));
        var providers = admin.get("/branding/phone/providers").body().path("providers");
        ids.put(
                "/api/v2/branding/phone/providers/",
                List.of(providers.path(0).path("id").asString()));
        var messages = admin.get("/guardian/factors/phone/messages").body().path("messages");
        ids.put(
                "/api/v2/guardian/factors/phone/messages/",
                List.of(messages.path(0).path("id").asString()));
        admin.post("/guardian/factors/phone/fraud/scopes/permitted", "{'scope_key':'COUNTRY TG'}");
        ids.put("/api/v2/guardian/factors/phone/fraud/scopes/permitted/", List.of("COUNTRY%20TG"));
        ids.put("/api/v2/jobs/", List.of(created(admin, "/jobs/users-exports", "{}", "id")));
        var hook = "{'name':'theirs','triggerId':'send-phone-message','script':'module.exports = () => {};'}";
        var hookId = created(admin, "/hooks", hook, "id");
        ids.put("/api/v2/hooks/", List.of(hookId));
        ids.put("/api/v2/hooks/{id}/versions/", List.of(hookId, "1"));
        var action = created(
                admin,
                "/actions/actions",
                "{'name':'theirs','supported_triggers':[{'id':'send-phone-message','version':'v2'}],"
                        + "'code':'exports.onExecuteSendPhoneMessage = async () => {};'}",
                "id");
        ids.put("/api/v2/actions/actions/", List.of(action));
        var version = admin.post("/actions/actions/" + action + "/deploy", "{}").text("id");
        ids.put("/api/v2/actions/actions/{id}/versions/", List.of(action, version));
        admin.post("/actions/actions/" + action + "/test", "{'payload':{}}");
        var executions = admin.get("/actions/actions/" + action + "/executions").body();
        ids.put(
                "/api/v2/actions/executions/",
                List.of(executions.path("executions").get(0).path("id").asString()));
        return ids;
    }

    private static String pem() {
        var encoded = RsaKeys.pair().getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String created(Admin admin, String path, String body, String member) {
        var answer = admin.post(path, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.text(member);
    }
}
