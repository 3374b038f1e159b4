package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications: made, changed, given secrets, keys and grants, deleted. */
class ClientPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private String make(String name, String type) {
        return make(console, api, name, type);
    }

    static String make(Console console, Admin api, String name, String type) {
        var page = console.post("/console/clients", "name", name, "type", type);
        assertThat(page.status()).as(page.html()).isEqualTo(200);
        for (var client : api.get("/clients?per_page=100").body())
            if (client.path("name").asString().equals(name))
                return client.path("client_id").asString();
        throw new AssertionError("Not made: " + page.html());
    }

    private static String secret(Place page) {
        var shown =
                Pattern.compile("class=\"secret\"[^>]*>([A-Za-z0-9_-]{64})<").matcher(page.html());
        assertThat(shown.find()).as(page.html()).isTrue();
        return shown.group(1);
    }

    private int token(String client, String secret, String audience) {
        return tenant.form(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client,
                        "client_secret",
                        secret,
                        "audience",
                        audience)
                .status();
    }

    @ParameterizedTest
    @CsvSource({"regular_web,true", "non_interactive,true", "spa,false", "native,false"})
    void a_client_is_made_and_its_secret_told_once(String type, boolean secret) {
        var page = console.post("/console/clients", "name", "Shop of " + type, "type", type);
        assertThat(page.html().contains("shown this once")).isEqualTo(secret);
        var listed = console.open("/console/clients").html();
        assertThat(listed).contains("Shop of " + type);
        var id = make("Another " + type, type);
        assertThat(console.open("/console/clients/" + id).html())
                .contains("Another " + type, id)
                .doesNotContain("shown this once");
    }

    @Test
    void a_client_is_changed() {
        var id = make("Shop", "regular_web");
        var page = console.post(
                "/console/clients/" + id,
                "name",
                "The Shop",
                "description",
                "Sells <things>",
                "app_type",
                "spa",
                "callbacks",
                "https://shop.example/callback\r\nhttps://shop.example/b,c\r\n",
                "allowed_logout_urls",
                "https://shop.example",
                "web_origins",
                "https://shop.example",
                "grant_types",
                "authorization_code",
                "grant_types",
                "refresh_token",
                "token_endpoint_auth_method",
                "none");
        assertThat(page.html())
                .contains("Saved.", "The Shop", "Sells &lt;things>")
                .doesNotContain("New secret");
        var stored = api.get("/clients/" + id).body();
        assertThat(stored.path("callbacks").toString())
                .isEqualTo("[\"https://shop.example/callback\",\"https://shop.example/b,c\"]");
        assertThat(stored.path("app_type").asString()).isEqualTo("spa");
        assertThat(stored.path("token_endpoint_auth_method").asString()).isEqualTo("none");
        assertThat(stored.path("grant_types").size()).isEqualTo(2);
        assertThat(stored.path("description").asString()).isEqualTo("Sells <things>");
    }

    @Test
    void a_public_client_that_is_to_prove_itself_gets_a_secret() {
        var id = make("Grows up", "spa");
        var page = console.post(
                "/console/clients/" + id, "name", "Grows up", "token_endpoint_auth_method", "client_secret_basic");
        assertThat(secret(page)).hasSize(64);
    }

    @Test
    void what_the_api_refuses_is_shown_and_nothing_typed_is_lost() {
        var id = make("Shop", "regular_web");
        var page = console.post(
                "/console/clients/" + id,
                "name",
                "Typed",
                "callbacks",
                "nowhere",
                "token_endpoint_auth_method",
                "client_secret_post");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("Enter a full URL", "value=\"Typed\"", "nowhere</textarea>");
        assertThat(api.get("/clients/" + id).text("name")).isEqualTo("Shop");
        var made = console.post("/console/clients", "name", "<b>", "type", "spa");
        assertThat(made.status()).isEqualTo(400);
        assertThat(made.html()).contains("value=\"&lt;b>\"").containsPattern("value=\"spa\" selected");
    }

    @Test
    void a_new_secret_takes_the_place_of_the_old_one_at_the_time_that_is_chosen() {
        var made = console.post("/console/clients", "name", "Robot", "type", "non_interactive");
        var old = secret(made);
        var id = api.get("/clients?per_page=100")
                .body()
                .valueStream()
                .filter(client -> client.path("name").asString().equals("Robot"))
                .findFirst()
                .orElseThrow()
                .path("client_id")
                .asString();
        var audience = tenant.issuer() + "api/v2/";
        api.post("/client-grants", "{'client_id':'" + id + "','audience':'" + audience + "','scope':['read:logs']}");
        assertThat(token(id, old, audience)).isEqualTo(200);
        var rotate = "/console/clients/" + id + "/secret";
        assertThat(console.post(rotate, "previous_valid_for", "3600").html())
                .contains("The current secret stops working after an hour: then Robot is refused");
        var next = secret(console.sure(rotate, "previous_valid_for", "3600"));
        assertThat(token(id, next, audience)).isEqualTo(200);
        assertThat(token(id, old, audience)).isEqualTo(200);
        tenant.server().clock().advance(Duration.ofMinutes(61));
        assertThat(token(id, old, audience)).isEqualTo(401);
        var last = secret(console.sure(rotate, "previous_valid_for", "0"));
        assertThat(token(id, last, audience)).isEqualTo(200);
        assertThat(token(id, next, audience)).isEqualTo(401);
    }

    @Test
    void a_client_is_deleted_only_when_it_was_asked_again() {
        var id = make("Old", "spa");
        assertThat(console.open("/console/clients/" + id + "/delete").html())
                .contains("Delete Old?", "cannot be undone");
        assertThat(api.get("/clients/" + id).status()).isEqualTo(200);
        assertThat(console.sure("/console/clients/" + id + "/delete").html()).contains("Removed.");
        assertThat(api.get("/clients/" + id).status()).isEqualTo(404);
        assertThat(console.open("/console/clients/" + id).status()).isEqualTo(404);
        assertThat(console.sure("/console/clients/" + id + "/delete").status()).isEqualTo(404);
    }

    @Test
    void the_clients_of_others_are_unknown() {
        var other = Ringcode.shared().tenant();
        var theirs = Admin.of(other);
        var stranger = theirs.post("/clients", "{'name':'Theirs','app_type':'non_interactive'}")
                .text("client_id");
        for (var path :
                new String[] {"", "/delete", "/grants/new?audience=" + Browser.encode(tenant.issuer() + "api/v2/")})
            assertThat(console.open("/console/clients/" + stranger + path).status())
                    .as(path)
                    .isEqualTo(404);
        for (var path : new String[] {"", "/delete", "/secret", "/keys", "/keys/cred_x/remove", "/grants/cgr_x/remove"})
            assertThat(console.post("/console/clients/" + stranger + path, "name", "Mine", "pem", "x")
                            .status())
                    .as(path)
                    .isEqualTo(404);
        assertThat(theirs.get("/clients/" + stranger).text("name")).isEqualTo("Theirs");
    }

    @Test
    void an_administrator_does_what_the_scopes_allow() {
        var id = make("Shop", "regular_web");
        var reader = Console.of(tenant, Set.of("read:clients"));
        assertThat(reader.open("/console/clients").html()).contains("Shop");
        assertThat(reader.open("/console/clients/" + id).html())
                .contains(
                        "Insufficient scope, expected any of: read:client_credentials",
                        "Insufficient scope, expected any of: read:client_grants");
        assertThat(reader.post("/console/clients/" + id, "name", "Mine", "token_endpoint_auth_method", "none")
                        .html())
                .contains("Insufficient scope, expected any of: update:clients");
        assertThat(reader.sure("/console/clients/" + id + "/secret").html())
                .contains("Insufficient scope, expected any of: update:client_keys");
        assertThat(reader.sure("/console/clients/" + id + "/delete").html())
                .contains("Insufficient scope, expected any of: delete:clients");
        assertThat(reader.post("/console/clients", "name", "Mine", "type", "spa")
                        .html())
                .contains("Insufficient scope, expected any of: create:clients", "Shop");
        var maker = Console.of(tenant, Set.of("create:clients"));
        assertThat(maker.open("/console/clients").status()).isEqualTo(400);
        assertThat(secret(maker.post("/console/clients", "name", "Made blindly", "type", "regular_web")))
                .hasSize(64);
    }
}
