package io.ringcode.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.authorization.GrantType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person whose phone is gone gets back in with the recovery code, and binds something else. */
class LostPhoneTest {
    private static final String REJECTED = "403 invalid_grant: MFA Authorization rejected.";
    private static final String WRONG_OTP = "403 invalid_grant: Invalid otp_code.";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Person person = tenant.person();
    private final String recoveryCode = enrolPhone();

    @Test
    void the_recovery_code_leads_to_a_new_authenticator() {
        var refused = tenant.signIn(person, "audience", tenant.issuer() + "mfa/");
        assertThat(refused.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        var login = refused.text("mfa_token");
        assertThat(recover(login, "A".repeat(24)).error()).isEqualTo(REJECTED);
        var recovered = recover(login, recoveryCode);
        assertThat(recovered.status()).isEqualTo(200);
        var next = recovered.text("recovery_code");
        assertThat(next).matches("[A-Z0-9]{24}").isNotEqualTo(recoveryCode);
        assertThat(recover(tenant.mfaToken(person), recoveryCode).error())
                .as("a used recovery code")
                .isEqualTo(REJECTED);

        var open = recovered.text("access_token");
        assertThat(ids(open)).hasSize(3).anyMatch(id -> id.startsWith("voice|"));
        var phone = ids(open).stream()
                .filter(id -> id.startsWith("sms|"))
                .findFirst()
                .orElseThrow();
        assertThat(tenant.delete("/mfa/authenticators/" + phone.replace("|", "%7C"), open)
                        .status())
                .isEqualTo(204);
        assertThat(ids(open))
                .as("both channels of the phone, and what recovers it")
                .isEmpty();
        assertThat(tenant.delete("/mfa/authenticators/" + phone.replace("|", "%7C"), open)
                        .status())
                .isEqualTo(404);

        var app = associateApp(open);
        assertThat(otp(open, wrong(app)).error()).isEqualTo(WRONG_OTP);
        var confirmed = app.code(now());
        assertThat(otp(open, confirmed).status()).isEqualTo(200);
        assertThat(ids(open)).anyMatch(id -> id.startsWith("totp|"));
        signInWith(app, confirmed);
    }

    private void signInWith(TotpApp app, String spent) {
        var demanded = tenant.signIn(person);
        assertThat(demanded.body().path("mfa_requirements").toString())
                .isEqualTo("{\"challenge\":[{\"type\":\"otp\"},{\"type\":\"recovery-code\"}]}");
        var login = demanded.text("mfa_token");
        assertThat(tenant.challenge(login, "challenge_type", "otp oob").text("challenge_type"))
                .isEqualTo("otp");
        assertThat(otp(login, spent).error()).as("the code that confirmed it").isEqualTo(WRONG_OTP);
        tenant.server().clock().advance(Duration.ofSeconds(30));
        assertThat(otp(login, wrong(app)).error()).isEqualTo(WRONG_OTP);
        var code = app.code(now());
        var tokens = otp(login, code);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(otp(tenant.mfaToken(person), code).error())
                .as("the same code twice")
                .isEqualTo(WRONG_OTP);
    }

    @Test
    void a_recovered_session_says_how_it_was_proved() {
        var tokens = recover(tenant.mfaToken(person, "openid"), recoveryCode);
        assertThat(tokens.claims("id_token").path("amr").toString()).isEqualTo("[\"pwd\",\"mfa\"]");
        var again = recover(tenant.mfaToken(person, "openid"), tokens.text("recovery_code"));
        assertThat(again.status()).as("the next code").isEqualTo(200);
    }

    @Test
    void ten_wrong_recovery_codes_lock_it_for_a_while() {
        for (int guess = 1; guess <= 10; guess++)
            assertThat(recover(tenant.mfaToken(person), "B".repeat(24)).error()).isEqualTo(REJECTED);
        var locked = recover(tenant.mfaToken(person), recoveryCode);
        assertThat(locked.error())
                .isEqualTo("429 invalid_request: Too many failed codes. Wait for some minutes before retrying.");
        assertThat(locked.retryAfter()).isBetween(1L, 360L);
        tenant.server().clock().advance(Duration.ofSeconds(locked.retryAfter()));
        assertThat(recover(tenant.mfaToken(person), recoveryCode).status()).isEqualTo(200);
    }

    private String enrolPhone() {
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        return started.body().path("recovery_codes").get(0).asString();
    }

    private TotpApp associateApp(String bearer) {
        var bound = tenant.json("/mfa/associate", bearer, Map.of("authenticator_types", List.of("otp")));
        assertThat(bound.status()).isEqualTo(200);
        assertThat(bound.text("barcode_uri"))
                .startsWith("otpauth://totp/")
                .contains("secret=" + bound.text("secret"), "period=30", "digits=6");
        assertThat(bound.body().path("recovery_codes").get(0).asString()).matches("[A-Z0-9]{24}");
        return new TotpApp(bound.text("secret"));
    }

    /** Wrong in every step around now. */
    private String wrong(TotpApp app) {
        var near = List.of(app.code(now().minusSeconds(30)), app.code(now()), app.code(now().plusSeconds(30)));
        return List.of("000000", "111111", "222222", "333333").stream()
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }

    private Answer recover(String login, String code) {
        return tenant.token(GrantType.MFA_RECOVERY_CODE.wire(), "mfa_token", login, "recovery_code", code);
    }

    private Answer otp(String login, String code) {
        return tenant.token(GrantType.MFA_OTP.wire(), "mfa_token", login, "otp", code);
    }

    private List<String> ids(String bearer) {
        var listed = tenant.get("/mfa/authenticators", bearer);
        assertThat(listed.status()).isEqualTo(200);
        return listed.body().valueStream().map(one -> one.path("id").asString()).toList();
    }

    private java.time.Instant now() {
        return tenant.server().clock().instant();
    }
}
