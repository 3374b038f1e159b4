package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keys for the Management API: a client and its grant in one form. */
class ApiKeyPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private static String found(Place page, String pattern) {
        var found = Pattern.compile(pattern).matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return found.group(1);
    }

    @Test
    void a_key_is_made_shown_once_used_listed_and_revoked() {
        var page = console.post("/console/api-keys", "name", "Nightly", "scope", "read:users", "scope", "read:logs");
        assertThat(page.status()).isEqualTo(200);
        var id = found(page, "Client ID</dt><dd><code[^>]*>([^<]+)<");
        var secret = found(page, "class=\"secret\"[^>]*>([^<]+)<");
        assertThat(page.html()).contains("curl -s " + tenant.issuer() + "oauth/token", "-d client_secret=" + secret);
        var token = tenant.form(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        id,
                        "client_secret",
                        secret,
                        "audience",
                        tenant.issuer() + "api/v2/")
                .text("access_token");
        var key = new Admin(tenant, token);
        assertThat(key.get("/users").status()).isEqualTo(200);
        assertThat(key.get("/clients").status()).isEqualTo(403);
        var listed = console.open("/console/api-keys");
        assertThat(listed.html())
                .contains("Nightly", "read:logs read:users", "/console/clients/" + id + "/delete?keys")
                .doesNotContain(secret);
        assertThat(console.open("/console/clients/" + id + "/delete?keys=true").html())
                .contains("Delete Nightly?");
        var gone = console.sure("/console/clients/" + id + "/delete", "keys", "true");
        assertThat(gone.address()).startsWith("/console/api-keys");
        assertThat(gone.html()).contains("Removed.").doesNotContain("Nightly");
        assertThat(key.get("/users").status()).isEqualTo(401);
    }

    @Test
    void scopes_are_ticked_together_without_making_anything() {
        var clients = clients();
        var all =
                console.post("/console/api-keys", "name", "Kept", "tick", "all").html();
        assertThat(all).contains("value=\"Kept\"").doesNotContainPattern("name=\"scope\" value=\"[^\"]+\">");
        var reading = console.post("/console/api-keys", "tick", "reading", "scope", "delete:users")
                .html();
        assertThat(reading)
                .containsPattern("value=\"read:users\" checked")
                .doesNotContain("value=\"delete:users\" checked");
        assertThat(console.post("/console/api-keys", "tick", "none", "scope", "read:users")
                        .html())
                .doesNotContain("checked");
        assertThat(all).as("the operator's are the default tenant's alone").doesNotContain("value=\"create:tenants\"");
        assertThat(clients()).isEqualTo(clients);
    }

    @Test
    void a_client_and_its_grant_are_made_together_or_not_at_all() {
        var clients = clients();
        var page = console.post("/console/api-keys", "name", "Half", "scope", "rule:world", "scope", "read:users");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains("Select one of the listed values.", "value=\"Half\"")
                .containsPattern("value=\"read:users\" checked");
        var maker = Console.of(tenant, Set.of("create:clients"));
        assertThat(maker.post("/console/api-keys", "name", "Half", "scope", "read:users")
                        .html())
                .contains("Insufficient scope, expected any of: create:client_grants");
        assertThat(clients()).isEqualTo(clients);
        assertThat(api.get("/logs?q=description%3A%22Create%20a%20client%22")
                        .body()
                        .isEmpty())
                .as("no line of what was not done")
                .isTrue();
    }

    @Test
    void garbage_is_refused() {
        for (var body : new String[] {
            "",
            "name=x",
            "name=&scope=read:users",
            "name=%00&scope=read:users",
            "name=x&scope=%00",
            "name=%FF",
            "name=x&scope=read:users&scope=read:users",
            "name=%3Cb%3E&scope=read:users"
        }) {
            var page = console.browser.post("/console/api-keys", body);
            assertThat(page.status()).as(body).isEqualTo(400);
            assertThat(page.html()).as(body).startsWith("<!doctype html>");
        }
    }

    @Test
    void an_administrator_who_may_not_read_grants_is_told() {
        var page = Console.of(tenant, Set.of("read:clients")).open("/console/api-keys");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("Insufficient scope, expected any of: read:client_grants");
    }

    private int clients() {
        return api.get("/clients?include_totals=true").body().path("total").asInt();
    }
}
