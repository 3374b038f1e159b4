package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.authorization.GrantType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuthenticationMethodsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final Person person = tenant.person();
    private final String methods = "/users/" + person.id().value() + "/authentication-methods";

    @Test
    void a_phone_that_an_administrator_binds_gets_codes_at_once_by_the_preferred_channel() {
        var number = TestTenant.newNumber();
        var made = admin.post(
                methods,
                Map.of(
                        "type",
                        "phone",
                        "phone_number",
                        number,
                        "preferred_authentication_method",
                        "voice",
                        "name",
                        "Work"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("id")).startsWith("phone|dev_");
        assertThat(made.text("phone_number")).isEqualTo(number);
        var read = admin.get(methods + "/" + made.text("id"));
        assertThat(read.text("phone_number"))
                .isEqualTo("X".repeat(number.length() - 4) + number.substring(number.length() - 4));
        assertThat(read.body().path("authentication_methods").get(1).path("id").asString())
                .isEqualTo(made.text("id").replace("phone|", "voice|"));
        assertThat(read.body().path("confirmed").asBoolean()).isTrue();

        var login = tenant.mfaToken(person);
        var listed = tenant.get("/mfa/authenticators", login).body();
        assertThat(listed.get(0).path("oob_channel").asString()).isEqualTo("voice");
        var changed =
                admin.patch(methods + "/" + made.text("id"), "{'preferred_authentication_method':'sms','name':'Home'}");
        assertThat(changed.text("name")).isEqualTo("Home");
        assertThat(tenant.get("/mfa/authenticators", login)
                        .body()
                        .get(0)
                        .path("oob_channel")
                        .asString())
                .isEqualTo("sms");
        var started = tenant.challenge(login);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void several_phones_and_an_app_are_kept_apart_and_replaced_together() {
        var first = TestTenant.newNumber();
        var phone = admin.post(methods, Map.of("type", "phone", "phone_number", first));
        assertThat(admin.post(methods, Map.of("type", "phone", "phone_number", first))
                        .status())
                .isEqualTo(409);
        admin.post(methods, Map.of("type", "phone", "phone_number", TestTenant.newNumber()));
        var app = admin.post(methods, Map.of("type", "totp", "totp_secret", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
        assertThat(app.text("id")).startsWith("totp|dev_");
        var listed =
                admin.get(methods + "?include_totals=true&page=0&per_page=2").body();
        assertThat(listed.path("total").asInt()).isEqualTo(3);
        assertThat(listed.path("authenticators").size()).isEqualTo(2);

        var code = new TotpApp("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
                .code(tenant.server().clock().instant());
        var login = tenant.mfaToken(person);
        assertThat(tenant.token(GrantType.MFA_OTP.wire(), "mfa_token", login, "otp", code)
                        .status())
                .isEqualTo(200);

        var replaced = admin.put(methods, List.of(Map.of("type", "phone", "phone_number", TestTenant.newNumber())));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(admin.get(methods).body().size()).isEqualTo(1);
        assertThat(admin.get(methods + "/" + phone.text("id")).text("errorCode"))
                .isEqualTo("inexistent_authentication_method");
        assertThat(admin.delete(methods).status()).isEqualTo(204);
        assertThat(admin.get(methods).body().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'phone'}",
                "{'type':'phone','phone_number':'12'}",
                "{'type':'phone','phone_number':'+1'}",
                "{'type':'phone','phone_number':'+14155550123','name':'a name of more than twenty letters'}",
                "{'type':'phone','phone_number':'+14155550123','preferred_authentication_method':'fax'}",
                "{'type':'totp'}",
                "{'type':'totp','totp_secret':'1'}",
                "{'type':'email','email':'a@example.com'}",
                "{'type':'pigeon'}",
                "{'type':'phone','phone_number':'+14155550123','colour':'red'}",
            })
    void bodies_that_break_the_schema_are_refused(String body) {
        assertThat(admin.post(methods, body).text("errorCode")).isEqualTo("invalid_body");
        assertThat(admin.get(methods).body().size()).isZero();
    }

    @Test
    void what_a_user_has_is_only_found_under_that_user() {
        var made = admin.post(methods, Map.of("type", "phone", "phone_number", TestTenant.newNumber()));
        var stranger = "/users/" + tenant.person().id().value() + "/authentication-methods/";
        assertThat(admin.get(stranger + made.text("id")).status()).isEqualTo(404);
        assertThat(admin.delete(stranger + made.text("id")).status()).isEqualTo(404);
        assertThat(admin.get("/users/auth0|nobody/authentication-methods").text("errorCode"))
                .isEqualTo("inexistent_user");
    }

    @Test
    void enrollments_are_listed_read_and_deleted_by_device() {
        var number = TestTenant.newNumber();
        var device = admin.post(methods, Map.of("type", "phone", "phone_number", number))
                .text("id")
                .substring(6);
        var user = "/users/" + person.id().value();
        var listed = admin.get(user + "/enrollments").body();
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("id").asString()).isEqualTo(device);
        assertThat(listed.toString()).doesNotContain(number);
        var read = admin.get("/guardian/enrollments/" + device);
        assertThat(read.text("status")).isEqualTo("confirmed");
        assertThat(admin.get(user + "?fields=multifactor").body().toString())
                .isEqualTo("{\"multifactor\":[\"guardian\"]}");
        assertThat(admin.delete("/guardian/enrollments/" + device).status()).isEqualTo(204);
        assertThat(admin.get("/guardian/enrollments/" + device).body().toString())
                .isEqualTo("{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Enrollment not found\","
                        + "\"errorCode\":\"enrollment_not_found\"}");
    }

    @Test
    void a_new_recovery_code_replaces_the_old_one() {
        var user = "/users/" + person.id().value();
        assertThat(admin.post(user + "/recovery-code-regeneration", "{}").status())
                .as("nothing enrolled")
                .isEqualTo(404);
        admin.post(methods, Map.of("type", "phone", "phone_number", TestTenant.newNumber()));
        var first =
                admin.call("POST", user + "/recovery-code-regeneration", null).text("recovery_code");
        var second =
                admin.call("POST", user + "/recovery-code-regeneration", null).text("recovery_code");
        assertThat(second).hasSize(24).isNotEqualTo(first);
        assertThat(recover(first).status()).isEqualTo(403);
        assertThat(recover(second).text("recovery_code")).hasSize(24);
    }

    @Test
    void a_reset_lets_the_user_enrol_anew() {
        admin.post(methods, Map.of("type", "phone", "phone_number", TestTenant.newNumber()));
        var user = "/users/" + person.id().value();
        assertThat(admin.delete(user + "/multifactor/duo").status()).isEqualTo(204);
        assertThat(admin.delete(user + "/multifactor/pigeon").text("errorCode")).isEqualTo("invalid_uri");
        assertThat(admin.delete(user + "/multifactor/google-authenticator").status())
                .isEqualTo(204);
        assertThat(admin.get(methods).body().size()).as("phones stay").isEqualTo(1);
        assertThat(admin.delete(user + "/authenticators").status()).isEqualTo(204);
        var login = tenant.mfaToken(person);
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).status())
                .isEqualTo(200);
    }

    @Test
    void an_administrator_unlocks_what_a_hundred_wrong_codes_disabled() {
        var number = TestTenant.newNumber();
        admin.post(methods, Map.of("type", "phone", "phone_number", number));
        tenant.server()
                .bean(JdbcClient.class)
                .sql("UPDATE enrollment SET failures = 100 WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        assertThat(rightGuess(number)).isEqualTo(429);
        var blocks = "/user-blocks/" + person.id().value();
        assertThat(admin.get(blocks)
                        .body()
                        .path("blocked_for")
                        .get(0)
                        .path("identifier")
                        .asString())
                .startsWith("phone|dev_");
        assertThat(admin.delete(blocks).status()).isEqualTo(204);
        assertThat(rightGuess(number)).isEqualTo(200);
    }

    @Test
    void a_ticket_is_a_link_and_no_mail_is_sent() {
        var body = Map.of("user_id", person.id().value(), "send_mail", false);
        var ticket = admin.post("/guardian/enrollments/ticket", body);
        assertThat(ticket.status()).isEqualTo(200);
        assertThat(ticket.text("ticket_url"))
                .isEqualTo(tenant.issuer() + "mfa/enrollment?ticket=" + ticket.text("ticket_id"));
        assertThat(admin.post("/guardian/enrollments/ticket", Map.of("user_id", "auth0|nobody"))
                        .text("errorCode"))
                .isEqualTo("inexistent_user");
        assertThat(admin.post(
                                "/guardian/enrollments/ticket",
                                Map.of("user_id", person.id().value(), "send_mail", true))
                        .text("message"))
                .contains("sends no e-mail");
    }

    private int rightGuess(String number) {
        var login = tenant.mfaToken(person);
        var started = tenant.challenge(login);
        return tenant.verify(login, started.text("oob_code"), tenant.code(number))
                .status();
    }

    private Answer recover(String code) {
        return tenant.token(
                GrantType.MFA_RECOVERY_CODE.wire(), "mfa_token", tenant.mfaToken(person), "recovery_code", code);
    }
}
