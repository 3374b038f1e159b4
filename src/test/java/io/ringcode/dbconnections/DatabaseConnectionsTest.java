package io.ringcode.dbconnections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.Connections;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.login.Links;
import io.ringcode.management.Admin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code /dbconnections/…} on the wire, as Auth0's SDKs use it. */
class DatabaseConnectionsTest {
    private static final String ASKED = "We've just sent you an email to reset your password.";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    private Answer signUp(Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of(
                "client_id",
                tenant.clientId(),
                "connection",
                Connections.DEFAULT,
                "password",
                "a few words to remember"));
        body.putAll(more);
        return tenant.json("/dbconnections/signup", null, body);
    }

    private HttpResponse<String> changePassword(String json) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tenant.server().port() + "/dbconnections/change_password"))
                .header("Host", tenant.host())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"')))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private String asking(String email) {
        return "{'client_id':'" + tenant.clientId() + "','connection':'" + Connections.DEFAULT + "','email':'" + email
                + "'}";
    }

    @Test
    void a_user_signs_up_and_signs_in() {
        var made = signUp(Map.of(
                "email", "Ada@Example.com",
                "given_name", "Ada",
                "phone_number", "+14155550123",
                "user_metadata", Map.of("plan", "gold")));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        assertThat(made.text("_id")).matches("[0-9a-f]{24}");
        assertThat(made.text("email")).isEqualTo("ada@example.com");
        assertThat(made.body().path("email_verified").asBoolean(true)).isFalse();
        assertThat(made.text("given_name")).isEqualTo("Ada");
        assertThat(made.body().path("user_metadata").path("plan").asString()).isEqualTo("gold");
        var signedIn = tenant.token("password", "username", "ada@example.com", "password", "a few words to remember");
        assertThat(signedIn.text("error")).isEqualTo("mfa_required");
        assertThat(admin.get("/logs?q=type:ss").body().path(0).path("user_id").asString())
                .isEqualTo("auth0|" + made.text("_id"));
    }

    @Test
    void a_name_that_is_taken_is_refused_as_everything_else_is() {
        assertThat(signUp(Map.of("email", "bob@example.com")).status()).isEqualTo(200);
        var again = signUp(Map.of("email", "BOB@example.com"));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().toString())
                .isEqualTo("{\"name\":\"BadRequestError\",\"code\":\"invalid_signup\","
                        + "\"description\":\"Invalid sign up\",\"statusCode\":400}");
        for (var wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("email", "no address"),
                Map.of("email", "c@example.com", "connection", "nobodys"),
                Map.of("email", "c@example.com", "phone_number", "12"),
                Map.of("email", "c@example.com", "user_metadata", Map.of("a", 1)),
                Map.of("email", "c@example.com", "user_metadata", "x"),
                Map.of("email", "c@example.com", "user_metadata", Map.of("a\u0000", "b"))))
            assertThat(signUp(wrong).text("code")).as(wrong.toString()).isEqualTo("invalid_signup");
        assertThat(signUp(Map.of("email", "c@example.com", "client_id", "nobodys"))
                        .text("error"))
                .isEqualTo("invalid_client");
    }

    @Test
    void passwords_are_refused_as_sdks_tell_them_apart() {
        var weak = signUp(Map.of("email", "d@example.com", "password", "short"));
        assertThat(weak.text("code")).isEqualTo("invalid_password");
        assertThat(weak.text("name")).isEqualTo("PasswordStrengthError");
        var rule = weak.body().path("description").path("rules").path(0);
        assertThat(rule.path("message")
                        .asString()
                        .formatted(rule.path("format").path(0).asInt()))
                .isEqualTo("At least 8 characters in length");
        assertThat(rule.path("verified").asBoolean(true)).isFalse();
        assertThat(signUp(Map.of("email", "d@example.com", "password", "password123"))
                        .text("code"))
                .isEqualTo("password_dictionary_error");
        assertThat(signUp(Map.of("email", "d@example.com", "password", "D@example.com"))
                        .text("code"))
                .isEqualTo("password_no_user_info_error");
    }

    @Test
    void where_signing_up_is_switched_off_nobody_signs_up() {
        var id = admin.get("/connections").body().path(0).path("id").asString();
        admin.patch("/connections/" + id, "{'options':{'disable_signup':true}}");
        assertThat(signUp(Map.of("email", "e@example.com")).text("code")).isEqualTo("invalid_signup");
    }

    @Test
    void a_link_is_sent_and_an_unknown_address_hears_the_same() throws Exception {
        var person = tenant.person();
        var known = changePassword(asking(person.email()));
        var unknown = changePassword(asking("nobody@example.com"));
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body()).isEqualTo(ASKED).isEqualTo(unknown.body());
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
        assertThat(changePassword(asking("no address")).body()).isEqualTo(ASKED);
        Links.mail(tenant, person.email(), "/u/reset-verify?ticket=");
        var without = changePassword("{'connection':'" + Connections.DEFAULT + "','email':'" + person.email() + "'}");
        assertThat(without.body()).isEqualTo(ASKED);
    }

    @Test
    void asking_too_often_is_refused_by_address() throws Exception {
        for (int i = 0; i < ResetGuard.ADDRESS_LIMIT.size(); i++)
            assertThat(changePassword(asking("x" + i + "@example.com")).statusCode())
                    .isEqualTo(200);
        assertThat(changePassword(asking("y@example.com")).statusCode()).isEqualTo(429);
    }
}
