package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guessing at a person who has two authenticator apps. */
class TwoAppsTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final Person person = tenant.person();
    private final TotpApp first = bind("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    private final TotpApp second = bind("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    @Test
    void ten_wrong_codes_lock_both() {
        for (int guess = 0; guess < 10; guess++)
            assertThat(signIns.otp(tenant.mfaToken(person), signIns.wrong(first, second))
                            .error())
                    .isEqualTo(SignIns.WRONG_OTP);
        for (var app : new TotpApp[] {first, second})
            assertThat(signIns.otp(tenant.mfaToken(person), app.code(signIns.now()))
                            .error())
                    .isEqualTo(SignIns.LOCKED);
    }

    @Test
    void a_spent_code_counts_as_a_wrong_one_does_whichever_app_it_is_of() {
        assertThat(signIns.otp(tenant.mfaToken(person), second.code(signIns.now()))
                        .status())
                .isEqualTo(200);
        for (int guess = 0; guess < 10; guess++)
            assertThat(signIns.otp(tenant.mfaToken(person), second.code(signIns.now()))
                            .error())
                    .isEqualTo(SignIns.WRONG_OTP);
        assertThat(signIns.otp(tenant.mfaToken(person), first.code(signIns.now()))
                        .error())
                .isEqualTo(SignIns.LOCKED);
    }

    @Test
    void who_always_uses_the_second_does_not_lock_the_first() {
        for (int login = 0; login < 12; login++) {
            tenant.server().clock().advance(Duration.ofSeconds(60));
            assertThat(signIns.otp(tenant.mfaToken(person), second.code(signIns.now()))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(signIns.otp(tenant.mfaToken(person), first.code(signIns.now()))
                        .status())
                .isEqualTo(200);
    }

    private TotpApp bind(String seed) {
        var bound = admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "totp", "totp_secret", seed));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        return new TotpApp(seed);
    }
}
