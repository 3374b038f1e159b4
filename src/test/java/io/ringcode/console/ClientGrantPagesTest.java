package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Which APIs an application may call, and by which keys it proves itself. */
class ClientGrantPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private String make(String name, String type) {
        return ClientPagesTest.make(console, api, name, type);
    }

    @Test
    void a_client_may_call_an_api_with_the_scopes_that_are_ticked() {
        api.post(
                "/resource-servers",
                "{'name':'Orders','identifier':'https://orders.example','scopes':[{'value':'read:orders','description':'See"
                        + " them'},{'value':'write:orders'}]}");
        var id = make("Robot", "non_interactive");
        var at = "/console/clients/" + id;
        assertThat(console.open(at).html()).contains("https://orders.example", "Orders");
        var page = console.open(at + "/grants/new?audience=https%3A%2F%2Forders.example");
        assertThat(page.html()).contains("See them", "write:orders").doesNotContain("checked");
        var ticked = console.post(at + "/grants", "audience", "https://orders.example", "tick", "reading");
        assertThat(ticked.html())
                .containsPattern("value=\"read:orders\" checked")
                .doesNotContain("value=\"write:orders\" checked");
        assertThat(grants(id)).isEqualTo("[]");
        console.post(at + "/grants", "audience", "https://orders.example", "scope", "read:orders");
        assertThat(grants(id)).contains("\"scope\":[\"read:orders\"]");
        var grant = at + "/grants/"
                + api.get("/client-grants?client_id=" + id)
                        .body()
                        .get(0)
                        .path("id")
                        .asString();
        assertThat(console.open(at).html()).contains(grant.replace("=", "&#61;"));
        assertThat(console.open(grant).html()).containsPattern("value=\"read:orders\" checked");
        assertThat(console.post(grant, "tick", "all", "scope", "read:orders").html())
                .containsPattern("value=\"write:orders\" checked");
        console.post(grant, "scope", "write:orders");
        assertThat(grants(id)).contains("\"scope\":[\"write:orders\"]");
        var refused = console.post(grant, "scope", "delete:orders", "scope", "read:orders");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html())
                .contains("Select one of the listed values.")
                .containsPattern("value=\"read:orders\" checked");
        assertThat(console.post(at + "/grants", "audience", "https://orders.example")
                        .html())
                .contains("already exists");
        console.sure(grant + "/remove");
        assertThat(grants(id)).isEqualTo("[]");
        assertThat(console.open(grant).status()).isEqualTo(404);
    }

    private String grants(String client) {
        return api.get("/client-grants?client_id=" + client).body().toString();
    }

    @Test
    void a_grant_of_another_client_is_none_of_this_one() {
        var one = make("One", "non_interactive");
        var other = make("Other", "non_interactive");
        var grant = api.post(
                        "/client-grants",
                        "{'client_id':'" + one + "','audience':'" + tenant.issuer() + "api/v2/','scope':['read:logs']}")
                .text("id");
        assertThat(console.open("/console/clients/" + one + "/grants/" + grant).status())
                .isEqualTo(200);
        assertThat(console.open("/console/clients/" + other + "/grants/" + grant)
                        .status())
                .isEqualTo(404);
        assertThat(console.post("/console/clients/" + other + "/grants/" + grant, "scope", "read:users")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_client_proves_itself_by_a_key() throws Exception {
        var id = make("Signs", "non_interactive");
        var at = "/console/clients/" + id;
        var refused = console.post(at + "/keys", "name", "First", "pem", "no key", "alg", "PS256");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html())
                .contains("Must be a public key or certificate", "no key</textarea>", "value=\"First\"")
                .containsPattern("value=\"PS256\" selected");
        assertThat(console.post(at + "/keys", "name", "First", "pem", pem(), "alg", "PS256")
                        .html())
                .contains("Saved.", "PS256", "First");
        var key = api.get("/clients/" + id + "/credentials")
                .body()
                .get(0)
                .path("id")
                .asString();
        assertThat(console.post(at + "/keys/accept").html()).contains("Select a key");
        var page = console.sure(at + "/keys/accept", "accepted", key);
        assertThat(page.html())
                .containsPattern("value=\"" + key + "\" form=\"accept\" checked")
                .containsPattern("value=\"private_key_jwt\" selected")
                .doesNotContain("New secret");
        var saved = console.post(at, "name", "Signs well", "token_endpoint_auth_method", "private_key_jwt");
        assertThat(saved.html())
                .contains("Saved.", "Signs well")
                .containsPattern("value=\"" + key + "\" form=\"accept\" checked");
        console.post(at, "name", "Signs", "token_endpoint_auth_method", "client_secret_post");
        assertThat(api.get("/clients/" + id).text("token_endpoint_auth_method")).isEqualTo("client_secret_post");
        console.sure(at + "/keys/" + key + "/remove");
        assertThat(api.get("/clients/" + id + "/credentials").body().isEmpty()).isTrue();
        assertThat(console.sure(at + "/keys/" + key + "/remove").status()).isEqualTo(400);
    }

    private static String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(RsaKeys.pair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
    }
}
