package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void a_client_is_created_used_changed_and_deleted() {
        var made = admin.post(
                "/clients",
                "{'name':'Machine','app_type':'non_interactive','description':'Counts','client_metadata':{'team':'blue'}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("grant_types").toString()).isEqualTo("[\"client_credentials\"]");
        var id = made.text("client_id");
        var secret = made.text("client_secret");
        assertThat(secret).hasSize(64);
        assertThat(token(id, secret).error()).startsWith("403 access_denied"); // known, and without a grant

        var read = admin.get("/clients/" + id);
        assertThat(read.text("description")).isEqualTo("Counts");
        assertThat(read.body().has("client_secret")).isFalse();
        var changed = admin.patch("/clients/" + id, "{'description':null,'name':'Robot'}");
        assertThat(changed.text("name")).isEqualTo("Robot");
        assertThat(changed.body().has("description")).isFalse();
        assertThat(changed.body().path("client_metadata").toString()).isEqualTo("{\"team\":\"blue\"}");

        var rotated = admin.post("/clients/" + id + "/rotate-secret", "{}").text("client_secret");
        assertThat(token(id, rotated).status()).isEqualTo(403);
        assertThat(token(id, secret).status()).as("the one before, for 30 s").isEqualTo(403);
        var path = "/clients/" + id + "/rotate-secret";
        var third = admin.call("POST", path + "?previous_valid_for=3600", null).text("client_secret");
        assertThat(token(id, secret).status()).as("the one before that").isEqualTo(401);
        assertThat(token(id, rotated).status()).isEqualTo(403);
        assertThat(token(id, third).status()).isEqualTo(403);
        var fourth = admin.call("POST", path + "?previous_valid_for=0", null).text("client_secret");
        assertThat(token(id, third).status()).isEqualTo(401);
        assertThat(token(id, fourth).status()).isEqualTo(403);
        for (var wrong : List.of("-1", "x", "2592001"))
            assertThat(admin.call("POST", path + "?previous_valid_for=" + wrong, null)
                            .status())
                    .isEqualTo(400);
        rotated = fourth;

        assertThat(admin.delete("/clients/" + id).status()).isEqualTo(204);
        assertThat(admin.get("/clients/" + id).text("errorCode")).isEqualTo("inexistent_client");
        assertThat(token(id, rotated).status()).isEqualTo(401);
    }

    @Test
    void a_public_client_has_no_secret_until_it_is_made_confidential() {
        var made = admin.post("/clients", "{'name':'Page','app_type':'spa','callbacks':['https://a.example/cb']}");
        assertThat(made.text("token_endpoint_auth_method")).isEqualTo("none");
        assertThat(made.body().has("client_secret")).isFalse();
        var id = made.text("client_id");
        var changed = admin.patch("/clients/" + id, "{'token_endpoint_auth_method':'client_secret_post'}");
        assertThat(changed.text("client_secret")).hasSize(64);
        assertThat(admin.patch("/clients/" + id, "{'name':'Same'}").body().has("client_secret"))
                .isFalse();
    }

    @Test
    void lists_are_paged_wrapped_and_cut_to_the_fields_asked_for() {
        for (int i = 0; i < 5; i++) admin.post("/clients", Map.of("name", "List " + i));
        var page = admin.get("/clients?page=1&per_page=2&include_totals=true&fields=client_id,name&is_global=false");
        assertThat(page.body().path("start").asInt()).isEqualTo(2);
        assertThat(page.body().path("limit").asInt()).isEqualTo(2);
        assertThat(page.body().path("total").asInt()).isEqualTo(6); // with the tenant's own application
        assertThat(page.body().path("clients").size()).isEqualTo(2);
        assertThat(page.body().path("clients").get(0).propertyNames()).containsExactlyInAnyOrder("client_id", "name");
        assertThat(admin.get("/clients?page=9&include_totals=true")
                        .body()
                        .path("clients")
                        .size())
                .isZero();
        assertThat(admin.get("/clients").body().isArray()).isTrue();
        assertThat(admin.get("/clients?per_page=101").text("errorCode")).isEqualTo("invalid_query_string");
        assertThat(admin.get("/clients?page=minus").text("errorCode")).isEqualTo("invalid_query_string");
        var without =
                admin.get("/clients?fields=name&include_fields=false").body().get(0);
        assertThat(without.has("name")).isFalse();
        assertThat(without.has("client_id")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'name':''}",
                "{'name':'<script>'}",
                "{'name':7}",
                "{'name':'x','colour':'red'}",
                "{'name':'x','app_type':'toaster'}",
                "{'name':'x','grant_types':['begging']}",
                "{'name':'x','callbacks':['no url']}",
                "{'name':'x','callbacks':['javascript:alert(1)']}",
                "{'name':'x','callbacks':['https://a.example/#f']}",
                "{'name':'x','web_origins':['https://a.example/path']}",
                "{'name':'x','client_metadata':{'a':1}}",
                "{'name':'x','token_endpoint_auth_method':'handshake'}",
                "{'name':'x','is_first_party':'yes'}",
                "{'name':'x','addons':{'samlp':{}}}",
            })
    void bodies_that_break_the_schema_are_refused(String body) {
        var refused = admin.post("/clients", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorCode")).isEqualTo("invalid_body");
        assertThat(refused.text("message")).startsWith("Payload validation error: '");
    }

    @Test
    void origins_of_a_client_may_call_from_pages() {
        admin.post("/clients", "{'name':'Page','app_type':'spa','allowed_origins':['https://page.example/']}");
        var answer = tenant.send(tenant.request("/oauth/token", null)
                .header("Origin", "https://page.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.whole().headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://page.example");
    }

    @Test
    void an_api_and_a_grant_for_it_give_a_machine_its_token() {
        var api = admin.post(
                "/resource-servers",
                "{'name':'Things','identifier':'https://things.example/','token_lifetime':600,"
                        + "'scopes':[{'value':'read:things','description':'Read'},{'value':'write:things'}]}");
        assertThat(api.status()).isEqualTo(201);
        var client = admin.post("/clients", "{'name':'Machine','app_type':'non_interactive'}");
        var id = client.text("client_id");
        var body = Map.of("client_id", id, "audience", "https://things.example/", "scope", List.of("read:things"));
        var grant = admin.post("/client-grants", body);
        assertThat(grant.status()).isEqualTo(201);
        assertThat(grant.text("id")).startsWith("cgr_");
        assertThat(admin.post("/client-grants", body).status()).isEqualTo(409);

        var issued = token(id, client.text("client_secret"), "https://things.example/");
        assertThat(issued.text("scope")).isEqualTo("read:things");
        assertThat(issued.body().path("expires_in").asInt()).isEqualTo(600);

        admin.patch("/client-grants/" + grant.text("id"), "{'scope':['read:things','write:things']}");
        assertThat(token(id, client.text("client_secret"), "https://things.example/")
                        .text("scope"))
                .isEqualTo("read:things write:things");
        assertThat(admin.patch("/client-grants/" + grant.text("id"), "{'scope':['fly']}")
                        .status())
                .isEqualTo(400);

        var walk = admin.get("/client-grants?take=1&include_totals=true");
        assertThat(walk.body().path("client_grants").size()).isEqualTo(1);
        var next = admin.get("/client-grants?take=1&from=" + walk.text("next"));
        assertThat(next.body().path("client_grants").size()).isEqualTo(1);
        assertThat(next.body().has("next")).isFalse();
        assertThat(admin.get("/client-grants?client_id=" + id).body().size()).isEqualTo(1);

        assertThat(admin.get("/resource-servers/https%3A%2F%2Fthings.example%2F")
                        .status())
                .isEqualTo(200);
        assertThat(admin.delete("/resource-servers/" + api.text("id")).status()).isEqualTo(204);
        assertThat(admin.get("/client-grants/" + grant.text("id")).text("errorCode"))
                .isEqualTo("inexistent_client_grant");
        assertThat(token(id, client.text("client_secret"), "https://things.example/")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_management_api_is_listed_granted_by_and_not_changeable() {
        var listed = admin.get("/resource-servers?include_totals=true").body().path("resource_servers");
        assertThat(listed.get(0).path("identifier").asString()).isEqualTo(tenant.issuer() + "api/v2/");
        assertThat(listed.get(0).path("is_system").asBoolean()).isTrue();
        assertThat(admin.patch("/resource-servers/management", "{'name':'Mine'}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.post("/resource-servers", Map.of("identifier", tenant.issuer() + "api/v2/", "name", "x"))
                        .status())
                .isEqualTo(409);
        var client = admin.post("/clients", "{'name':'Reader','app_type':'non_interactive'}");
        var id = client.text("client_id");
        var grant = admin.post(
                "/client-grants",
                Map.of("client_id", id, "audience", tenant.issuer() + "api/v2/", "scope", List.of("read:users")));
        assertThat(grant.text("audience")).isEqualTo(tenant.issuer() + "api/v2/");
        var reader = new Admin(
                tenant,
                token(id, client.text("client_secret"), tenant.issuer() + "api/v2/")
                        .text("access_token"));
        assertThat(reader.get("/users").status()).isEqualTo(200);
        assertThat(reader.get("/clients").text("message"))
                .isEqualTo("Insufficient scope, expected any of: read:clients, read:client_keys");
    }

    private Answer token(String id, String secret) {
        return token(id, secret, "https://nothing.example");
    }

    private Answer token(String id, String secret, String audience) {
        return tenant.form(
                "/oauth/token",
                "grant_type",
                "client_credentials",
                "client_id",
                id,
                "client_secret",
                secret,
                "audience",
                audience);
    }
}
