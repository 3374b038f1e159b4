package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void users_of_a_connection_sign_in_through_the_clients_that_it_is_enabled_for() {
        var made =
                admin.post("/connections", "{'name':'staff','strategy':'auth0','options':{'passwordPolicy':'good'}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("id")).startsWith("con_");
        var clients = "/connections/" + made.text("id") + "/clients";
        admin.post("/users", "{'connection':'staff','email':'staff@example.com','password':'correct horse'}");

        assertThat(signIn().error())
                .isEqualTo("400 invalid_request: The connection does not exist, or is not enabled for this client.");
        assertThat(admin.patch(clients, "[{'client_id':'app','status':true}]").status())
                .isEqualTo(204);
        assertThat(admin.get(clients).body().toString()).isEqualTo("{\"clients\":[{\"client_id\":\"app\"}]}");
        assertThat(signIn().text("error")).isEqualTo("mfa_required");
        admin.patch(clients, "[{'client_id':'app','status':false}]");
        assertThat(signIn().status()).isEqualTo(400);

        assertThat(admin.delete("/connections/" + made.text("id")).status()).isEqualTo(204);
        assertThat(admin.get("/users-by-email?email=STAFF@example.com").body().size())
                .isZero();
    }

    @Test
    void the_list_answers_pages_checkpoints_and_filters() {
        for (int i = 0; i < 3; i++) admin.post("/connections", Map.of("name", "more-" + i, "strategy", "auth0"));
        assertThat(admin.get("/connections?strategy=auth0").body().size()).isEqualTo(4);
        assertThat(admin.get("/connections?name=more-1").body().size()).isEqualTo(1);
        var page = admin.get("/connections?page=0&per_page=2&include_totals=true");
        assertThat(page.body().path("total").asInt()).isEqualTo(4);
        var seen = 0;
        var from = "";
        for (int step = 0; step < 3; step++) {
            var walk = admin.get("/connections?include_totals=true&take=2" + from);
            seen += walk.body().path("connections").size();
            if (!walk.body().has("next")) break;
            from = "&from=" + walk.text("next");
        }
        assertThat(seen).isEqualTo(4);
    }

    @Test
    void names_are_unique_and_other_kinds_are_refused() {
        assertThat(admin.post("/connections", "{'name':'one','strategy':'auth0'}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.post("/connections", "{'name':'one','strategy':'auth0'}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.post("/connections", "{'name':'two','strategy':'google-oauth2'}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("/connections", "{'name':'a b','strategy':'auth0'}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("/connections", "{'name':'x','strategy':'auth0','options':{'configuration':{'k':'v'}}}")
                        .text("message"))
                .contains("runs no database scripts");
        assertThat(admin.get("/connections/con_nobodys").text("errorCode")).isEqualTo("inexistent_connection");
    }

    private io.ringcode.Answer signIn() {
        return tenant.token(
                "http://auth0.com/oauth/grant-type/password-realm",
                "username",
                "staff@example.com",
                "password",
                "correct horse",
                "realm",
                "staff");
    }
}
