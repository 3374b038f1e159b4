package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.attack.SignIns.Enrolled;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The MFA API's audience, asked for with the password alone. */
class MfaAudienceTest {
    private static final String SCOPE = "openid email offline_access enroll read:authenticators remove:authenticators";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String audience = tenant.issuer() + "mfa/";

    @Test
    void who_has_no_factor_gets_what_binds_the_first_one_and_nothing_beside_it() {
        var tokens = tenant.signIn(tenant.person(), "audience", audience, "scope", SCOPE);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.text("access_token")).isNotEmpty();
        assertThat(tokens.text("id_token")).isEmpty();
        assertThat(tokens.text("refresh_token")).isEmpty();
        assertThat(tokens.claims("access_token").path("aud").toString()).doesNotContain("userinfo");
    }

    @Test
    void who_has_one_is_asked_for_it_also_where_it_is_switched_off() {
        var enrolled = signIns.enrolled();
        assertThat(tenant.signIn(enrolled.person(), "audience", audience, "scope", SCOPE)
                        .text("mfa_token"))
                .isNotEmpty();
        admin.put("/guardian/factors/sms", Map.of("enabled", false));
        var answer = tenant.signIn(enrolled.person(), "audience", audience, "scope", SCOPE);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("access_token") + answer.text("id_token") + answer.text("refresh_token"))
                .isEmpty();
    }

    @Test
    void its_token_binds_and_removes_nothing_once_the_user_has_enrolled() {
        Person person = tenant.person();
        var token = tenant.signIn(person, "audience", audience, "scope", SCOPE).text("access_token");
        var waiting = signIns.associateApp(token);
        assertThat(waiting.status()).isEqualTo(200);
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var oob = tenant.associate(login, "sms", number).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);

        assertThat(signIns.associateApp(token).error()).isEqualTo(SignIns.ENROLLED_ALREADY);
        var code = new TotpApp(waiting.text("secret")).code(signIns.now());
        assertThat(signIns.otp(token, code).status()).as("what waited").isEqualTo(403);
        var phone = tenant.get("/mfa/authenticators", token)
                .body()
                .valueStream()
                .map(one -> one.path("id").asString())
                .filter(id -> id.startsWith("sms|"))
                .findFirst()
                .orElseThrow();
        assertThat(tenant.delete("/mfa/authenticators/" + phone.replace("|", "%7C"), token)
                        .status())
                .isEqualTo(403);
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void a_token_that_stands_on_a_second_factor_binds_another() {
        var enrolled = signIns.enrolled();
        var token =
                signIns.tokens(enrolled, "audience", audience, "scope", SCOPE).text("access_token");
        var app = new TotpApp(signIns.associateApp(token).text("secret"));
        assertThat(signIns.otp(token, app.code(signIns.now())).status()).isEqualTo(200);
        assertThat(signIns.confirmed(admin, enrolled.person())).hasSize(2);
    }

    @Test
    void a_token_that_stood_on_what_an_administrator_took_away_binds_nothing() {
        var enrolled = signIns.enrolled();
        var token =
                signIns.tokens(enrolled, "audience", audience, "scope", SCOPE).text("access_token");
        var app = new TotpApp(signIns.associateApp(token).text("secret"));
        var phone = signIns.confirmed(admin, enrolled.person()).getFirst();
        var methods = "/users/" + enrolled.person().id().value() + "/authentication-methods/";
        assertThat(admin.delete(methods + phone).status()).isEqualTo(204);
        assertThat(signIns.otp(token, app.code(signIns.now())).status()).isEqualTo(401);
        assertThat(signIns.associateApp(token).status()).isEqualTo(401);
        assertThat(tenant.get("/mfa/authenticators", token).status()).isEqualTo(401);
        assertThat(signIns.confirmed(admin, enrolled.person())).isEmpty();
    }

    @Test
    void a_token_from_before_another_password_is_worth_nothing_and_one_from_after_it_is() {
        var enrolled = signIns.enrolled();
        var token =
                signIns.tokens(enrolled, "audience", audience, "scope", SCOPE).text("access_token");
        var user = "/users/" + enrolled.person().id().value();
        assertThat(admin.patch(user, Map.of("password", "another horse")).status())
                .isEqualTo(200);
        assertThat(tenant.get("/mfa/authenticators", token).status()).isEqualTo(401);
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var again = new Enrolled(
                new Person(
                        enrolled.person().email(),
                        "another horse",
                        enrolled.person().id()),
                enrolled.number(),
                enrolled.recoveryCode());
        var fresh = signIns.tokens(again, "audience", audience, "scope", SCOPE).text("access_token");
        assertThat(tenant.get("/mfa/authenticators", fresh).status()).isEqualTo(200);
    }

    @Test
    void the_token_of_a_blocked_user_is_worth_nothing() {
        var enrolled = signIns.enrolled();
        var token =
                signIns.tokens(enrolled, "audience", audience, "scope", SCOPE).text("access_token");
        admin.patch("/users/" + enrolled.person().id().value(), Map.of("blocked", true));
        assertThat(tenant.get("/mfa/authenticators", token).status()).isEqualTo(401);
        assertThat(signIns.associateApp(token).status()).isEqualTo(401);
    }
}
