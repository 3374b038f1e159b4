package io.ringcode.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final String MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final String number = TestTenant.newNumber();

    @Test
    void a_person_enrols_a_phone_and_is_in() {
        var person = tenant.person();
        var first = tenant.signIn(person, "scope", "openid profile email offline_access");
        assertThat(first.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        assertThat(first.body().path("mfa_requirements").toString())
                .isEqualTo("{\"enroll\":[{\"type\":\"phone\"},{\"type\":\"otp\"}]}");
        assertThat(first.whole().headers().firstValue("WWW-Authenticate")).isEmpty();
        var login = first.text("mfa_token");
        assertThat(tenant.get("/mfa/authenticators", login).body().toString()).isEqualTo("[]");

        var associated = tenant.associate(login, "sms", number);
        assertThat(associated.status()).isEqualTo(200);
        assertThat(associated.text("authenticator_type")).isEqualTo("oob");
        assertThat(associated.text("binding_method")).isEqualTo("prompt");
        assertThat(associated.text("oob_channel")).isEqualTo("sms");
        assertThat(associated.body().path("recovery_codes").get(0).asString()).matches("[A-Z0-9]{24}");

        var tokens = tenant.verify(login, associated.text("oob_code"), tenant.code(number));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        assertThat(tokens.body().path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(tokens.text("refresh_token")).isNotEmpty();
        assertThat(tokens.whole().headers().firstValue("Cache-Control")).contains("no-store");
        var claims = tokens.claims("id_token");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
        assertThat(claims.path("acr").asString()).isEqualTo(MULTI_FACTOR);
        assertThat(claims.path("auth_time").asLong())
                .isEqualTo(tenant.server().clock().instant().getEpochSecond());
        assertThat(claims.path("sub").asString()).isEqualTo(person.id().value());
        assertThat(claims.path("email").asString()).isEqualTo(person.email());
        assertThat(claims.path("iss").asString()).isEqualTo("http://" + tenant.host() + "/");
    }

    @Test
    void an_enrolled_person_is_challenged() {
        var person = tenant.enrolled(number);
        var first = tenant.signIn(person);
        assertThat(first.body().path("mfa_requirements").toString())
                .isEqualTo("{\"challenge\":[{\"type\":\"phone\"},{\"type\":\"recovery-code\"}]}");
        var login = first.text("mfa_token");

        var started = tenant.challenge(login);
        assertThat(started.text("challenge_type")).isEqualTo("oob");
        assertThat(started.text("binding_method")).isEqualTo("prompt");
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_call_is_told_as_tel() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person, "openid");
        var device = device(login);
        var started = tenant.challenge(login, "authenticator_id", "voice|" + device);
        var tokens = tenant.verify(login, started.text("oob_code"), tenant.code(number));
        assertThat(tokens.claims("id_token").path("amr").toString()).isEqualTo("[\"pwd\",\"tel\",\"mfa\"]");
    }

    @Test
    void one_phone_is_listed_once_per_channel_and_both_go_together() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        var device = device(login);
        var listed = tenant.get("/mfa/authenticators", login).body();
        var masked = "X".repeat(number.length() - 4) + number.substring(number.length() - 4);
        assertThat(listed.get(0).toString())
                .isEqualTo("{\"id\":\"sms|" + device
                        + "\",\"authenticator_type\":\"oob\",\"type\":\"phone\",\"active\":true,"
                        + "\"oob_channel\":\"sms\",\"oob_channels\":[\"sms\"],\"name\":\"" + masked + "\"}");
        assertThat(listed.get(1).path("id").asString()).isEqualTo("voice|" + device);
        assertThat(listed.get(2).path("authenticator_type").asString()).isEqualTo("recovery-code");
    }

    @Test
    void asking_again_sends_the_same_code_and_either_handle_takes_it_once() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        var first = tenant.challenge(login).text("oob_code");
        var code = tenant.code(number);
        var second = tenant.challenge(login).text("oob_code");
        assertThat(tenant.code(number)).isEqualTo(code);
        assertThat(second).isNotEqualTo(first);
        assertThat(tenant.verify(login, first, code).status()).isEqualTo(200);
        assertThat(tenant.verify(login, second, code).error()).isEqualTo("401 expired_token: oob_code is expired");
    }

    @Test
    void a_code_lives_five_minutes_however_often_it_is_sent() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        tenant.challenge(login);
        var code = tenant.code(number);
        tenant.server().clock().advance(java.time.Duration.ofMinutes(4));
        var again = tenant.challenge(login).text("oob_code");
        tenant.server().clock().advance(java.time.Duration.ofSeconds(59));
        assertThat(tenant.verify(login, again, "x").error()).isEqualTo("403 invalid_grant: Invalid binding_code.");
        tenant.server().clock().advance(java.time.Duration.ofSeconds(1));
        assertThat(tenant.verify(tenant.mfaToken(person), again, code).status()).isEqualTo(400);
        assertThat(tenant.verify(login, again, code).error()).isEqualTo("401 expired_token: mfa_token is expired");
    }

    @Test
    void a_code_may_be_typed_with_blanks_and_bodies_may_be_json() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        var started = tenant.challenge(login);
        var code = tenant.code(number);
        var typed = code.substring(0, 3) + " " + code.substring(3);
        var answer = tenant.json(
                "/oauth/token",
                null,
                Map.of(
                        "grant_type",
                        "http://auth0.com/oauth/grant-type/mfa-oob",
                        "client_id",
                        tenant.clientId(),
                        "client_secret",
                        tenant.clientSecret(),
                        "mfa_token",
                        login,
                        "oob_code",
                        started.text("oob_code"),
                        "binding_code",
                        typed));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_half_finished_sign_in_binds_nothing_to_an_enrolled_person_and_removes_nothing() {
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).error())
                .isEqualTo("403 access_denied: User is already enrolled.");
        assertThat(tenant.delete("/mfa/authenticators/sms%7C" + device(login), login)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_message_speaks_the_language_that_was_asked_for() {
        var person = tenant.person();
        var body = Map.of(
                "authenticator_types",
                List.of("oob"),
                "oob_channels",
                "sms",
                "phone_number",
                number.replace("+1", "+1 "));
        tenant.send(tenant.request("/mfa/associate", tenant.mfaToken(person))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "de-CH,de;q=0.9")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(body))));
        var sent = tenant.server().carrier().requests().getLast();
        assertThat(sent.field("To")).isEqualTo(number);
        assertThat(sent.field("Body")).doesNotContain("your");
    }

    private String device(String login) {
        return tenant.get("/mfa/authenticators", login)
                .body()
                .get(0)
                .path("id")
                .asString()
                .substring(4);
    }
}
