package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.administrator.Administrators;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint that takes an id answers another tenant's as one that nobody has: with 404, and without a change. The
 * endpoints come from the server's own routes; one whose ids this test does not know fails.
 */
public class TenantsApartTest {
    /** A tenant that has one of each thing that there is. */
    public static final Admin OTHER = Admin.of(Ringcode.shared().tenant());

    private static final Admin ME = Admin.of(Ringcode.shared().tenant());
    private static final String NOBODYS = "nobodys";

    /** What stands in paths for choices that all tenants have alike, not for anybody's own. */
    private static final Set<String> CHOICES = Set.of(
            "/api/v2/guardian/factors/{name}",
            "/api/v2/guardian/factors/phone/fraud/prices/{carrier}",
            "/api/v2/prompts/{prompt}/custom-text/{language}",
            "/api/v2/prompts/{prompt}/partials",
            "/api/v2/email-templates/{name}",
            "/api/v2/actions/triggers/{id}/bindings",
            "/api/v2/actions/triggers/{trigger}/bindings");

    /** A path's beginning, and what the other tenant has there: one id for each variable. The longest one counts. */
    private static final Map<String, List<String>> IDS = ids();

    /** Bodies that are right, for endpoints that look at them first. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /api/v2/branding/phone/providers/{id}/try", "{'to':'+14155550100'}"),
            Map.entry("POST /api/v2/branding/phone/templates/{id}/try", "{'to':'+14155550100'}"),
            Map.entry("PUT /api/v2/users/{user}/authentication-methods", "[]"),
            Map.entry(
                    "POST /api/v2/users/{user}/authentication-methods",
                    "{'type':'phone','phone_number':'+14155550100','preferred_authentication_method':'sms'}"),
            Map.entry("PATCH /api/v2/users/{user}/authentication-methods/{id}", "{'name':'x'}"),
            Map.entry("POST /api/v2/clients/{client}/credentials", "{'credential_type':'public_key','pem':'x'}"),
            Map.entry("PATCH /api/v2/connections/{id}/clients", "[]"),
            Map.entry("PATCH /api/v2/client-grants/{id}", "{'scope':[]}"),
            Map.entry("DELETE /api/v2/hooks/{id}/secrets", "['A']"),
            Map.entry("POST /api/v2/hooks/{id}/secrets", "{'A':'b'}"),
            Map.entry("PATCH /api/v2/hooks/{id}/secrets", "{'A':'b'}"),
            Map.entry("POST /api/v2/hooks/{id}/try", "{'recipient':'+14155550123'}"),
            Map.entry("POST /api/v2/actions/actions/{id}/test", "{'payload':{}}"));

    /** Deleting what is not there is no error here, as in Auth0. */
    private static final Set<String> SILENT = Set.of("DELETE /api/v2/users/{id}");

    static List<Endpoint> withIds() {
        return Endpoint.ofManagement().stream()
                .filter(endpoint -> endpoint.path().contains("{") && !CHOICES.contains(endpoint.path()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void another_tenants_id_is_nobodys(Endpoint endpoint) {
        var ids = idsFor(endpoint);
        var answer = call(ME, endpoint, ids);
        if (!SILENT.contains(endpoint.toString()))
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(404);
        var unknown = call(
                ME,
                endpoint,
                Stream.concat(Stream.of(NOBODYS), ids.stream().skip(1)).toList());
        assertThat(answer.status()).isEqualTo(unknown.status());
        assertThat(answer.body()).isEqualTo(unknown.body());
        if (endpoint.method().name().equals("GET") && !endpoint.path().startsWith("/api/v2/tenants/"))
            assertThat(call(OTHER, endpoint, ids).status())
                    .as("its own tenant has it")
                    .isBetween(200, 204);
    }

    /** What {@link #OTHER} has there: one id for each variable of the path. */
    public static List<String> idsFor(Endpoint endpoint) {
        return IDS.entrySet().stream()
                .filter(known -> endpoint.path().startsWith(known.getKey()))
                .reduce((one, next) -> one.getKey().length() > next.getKey().length() ? one : next)
                .orElseThrow(() -> new AssertionError("Tell this test an id of another tenant for " + endpoint))
                .getValue();
    }

    @Test
    void ids_in_bodies_are_nobodys_too() {
        var client = theirs("/api/v2/clients/");
        var user = theirs("/api/v2/users/");
        var connection = theirs("/api/v2/connections/");
        assertThat(ME.post(
                                "/client-grants",
                                Map.of("client_id", client, "audience", "https://x.example/", "scope", List.of()))
                        .status())
                .isIn(400, 404);
        assertThat(ME.post("/guardian/enrollments/ticket", Map.of("user_id", user))
                        .status())
                .isEqualTo(404);
        var mine = ME.get("/connections").body().get(0).path("id").asString();
        assertThat(ME.patch("/connections/" + mine + "/clients", List.of(Map.of("client_id", client, "status", true)))
                        .status())
                .isEqualTo(400);
        var theirs = URLEncoder.encode("user_id:\"" + user + "\"", StandardCharsets.UTF_8);
        assertThat(OTHER.get("/logs?q=" + theirs).body().size()).isPositive();
        for (var list : List.of("/users?q=", "/logs?q="))
            assertThat(ME.get(list + theirs).body().size()).isZero();
        assertThat(connection).isNotEqualTo(mine);
    }

    private static String theirs(String path) {
        return Objects.requireNonNull(IDS.get(path)).getFirst();
    }

    private static Answer call(Admin admin, Endpoint endpoint, List<String> ids) {
        var path = endpoint.path().substring("/api/v2".length());
        for (var id : ids) path = path.replaceFirst("\\{[^}]+}", id);
        var body = BODIES.getOrDefault(endpoint.toString(), "{}");
        var method = endpoint.method().name();
        var hasBody = !method.equals("GET") && (!method.equals("DELETE") || BODIES.containsKey(endpoint.toString()));
        return admin.call(method, path, hasBody ? body : null);
    }

    private static Map<String, List<String>> ids() {
        var tenant = OTHER.tenant();
        var person = tenant.enrolled(TestTenant.newNumber());
        var user = person.id().value();
        var methods = OTHER.get("/users/" + user + "/authentication-methods").body();
        var method = methods.valueStream()
                .map(one -> one.path("id").asString())
                .filter(id -> id.startsWith("phone"))
                .findFirst()
                .orElseThrow();
        var client = created("/clients", "{'name':'theirs'}", "client_id");
        var api = created("/resource-servers", "{'identifier':'https://theirs.example/'}", "id");
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
        ids.put("/api/v2/clients/", List.of(client));
        var key = Map.of("credential_type", "public_key", "name", "key", "pem", pem());
        var credential = OTHER.post("/clients/" + client + "/credentials", key).text("id");
        ids.put("/api/v2/clients/{client}/credentials/", List.of(client, credential));
        ids.put("/api/v2/resource-servers/", List.of(api));
        ids.put(
                "/api/v2/client-grants/",
                List.of(created(
                        "/client-grants",
                        "{'client_id':'" + client + "','audience':'https://theirs.example/','scope':[]}",
                        "id")));
        ids.put("/api/v2/connections/", List.of(created("/connections", "{'name':'theirs','strategy':'auth0'}", "id")));
        ids.put(
                "/api/v2/logs/",
                List.of(OTHER.get("/logs").body().get(0).path("log_id").asString()));
        ids.put(
                "/api/v2/branding/phone/templates/",
                List.of(created(
                        "/branding/phone/templates",
                        "{'type':'otp_verify','content':{'syntax':'liquid','body':{'text':'{{ code }}','voice':'{{ code }}'}}}",
                        "id")));
        var providers = OTHER.get("/branding/phone/providers").body().path("providers");
        ids.put(
                "/api/v2/branding/phone/providers/",
                List.of(providers.path(0).path("id").asString()));
        var messages = OTHER.get("/guardian/factors/phone/messages").body().path("messages");
        ids.put(
                "/api/v2/guardian/factors/phone/messages/",
                List.of(messages.path(0).path("id").asString()));
        OTHER.post("/guardian/factors/phone/fraud/scopes/permitted", "{'scope_key':'COUNTRY TG'}");
        ids.put("/api/v2/guardian/factors/phone/fraud/scopes/permitted/", List.of("COUNTRY%20TG"));
        ids.put("/api/v2/jobs/", List.of(created("/jobs/users-exports", "{}", "id")));
        var hook = "{'name':'theirs','triggerId':'send-phone-message','script':'module.exports = () => {};'}";
        var hookId = created("/hooks", hook, "id");
        ids.put("/api/v2/hooks/", List.of(hookId));
        ids.put("/api/v2/hooks/{id}/versions/", List.of(hookId, "1"));
        var action = created(
                "/actions/actions",
                "{'name':'theirs','supported_triggers':[{'id':'send-phone-message','version':'v2'}],"
                        + "'code':'exports.onExecuteSendPhoneMessage = async () => {};'}",
                "id");
        ids.put("/api/v2/actions/actions/", List.of(action));
        var version = OTHER.post("/actions/actions/" + action + "/deploy", "{}").text("id");
        ids.put("/api/v2/actions/actions/{id}/versions/", List.of(action, version));
        OTHER.post("/actions/actions/" + action + "/test", "{'payload':{}}");
        var executions = OTHER.get("/actions/actions/" + action + "/executions").body();
        ids.put(
                "/api/v2/actions/executions/",
                List.of(executions.path("executions").get(0).path("id").asString()));
        return ids;
    }

    private static String pem() {
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            var encoded = keys.generateKeyPair().getPublic().getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String created(String path, String body, String member) {
        var answer = OTHER.post(path, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.text(member);
    }
}
