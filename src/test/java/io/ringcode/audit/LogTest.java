package io.ringcode.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.authorization.GrantType;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.management.ManagementClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an administrator reads afterwards, in Auth0's type codes. */
class LogTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final String number = TestTenant.newNumber();
    private final TestTenant.Person person = tenant.person();

    @AfterEach
    void no_line_tells_a_number_or_a_code() {
        var national = number.substring(2);
        assertThat(db().sql("SELECT log::text FROM log WHERE tenant_id = :tenant")
                        .param("tenant", tenant.id().value())
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(line -> line.contains(national))
                .noneMatch(line -> line.matches("(?s).*(?<![0-9A-Za-z.])" + tenant.code(number) + "(?![0-9A-Za-z]).*"))
                .anyMatch(line -> line.contains("XXXXXXXX" + number.substring(8)));
    }

    @Test
    void a_ceremony_is_told_in_its_order() {
        var login = tenant.signIn(person).text("mfa_token");
        assertThat(types()).containsExactly("mfar");
        var started = tenant.associate(login, "sms", number);
        assertThat(types()).containsExactly("mfar", "gd_start_enroll", "gd_send_sms");
        tenant.verify(login, started.text("oob_code"), tenant.wrongCode(number));
        tenant.verify(login, started.text("oob_code"), tenant.code(number));
        assertThat(types())
                .containsExactly(
                        "mfar",
                        "gd_start_enroll",
                        "gd_send_sms",
                        "gd_auth_failed",
                        "feoobft",
                        "gd_enrollment_complete",
                        "gd_auth_succeed",
                        "seoobft");
        var call = tenant.mfaToken(person);
        assertThat(tenant.challenge(call, "oob_channel", "voice").status()).isEqualTo(200);
        assertThat(types()).endsWith("seoobft", "gd_start_auth", "gd_send_voice");
    }

    @Test
    void what_is_rolled_back_leaves_no_line_but_its_reason() {
        tenant.enrolled(number);
        var other = tenant.mfaToken(person);
        for (int sent = 2; sent <= 5; sent++)
            assertThat(tenant.associate(other, "sms", number).status()).isEqualTo(200);
        var before = types();
        assertThat(tenant.associate(other, "sms", number).status()).isEqualTo(429);
        assertThat(types().subList(before.size(), types().size())).containsExactly("limit_phone");
    }

    @Test
    void a_carriers_refusal_is_a_line_with_its_code() {
        tenant.enrolled(number);
        Ringcode.shared().carrier().next(CarrierReply.twilioError(400, 21610));
        tenant.associate(tenant.mfaToken(person), "sms", number);
        assertThat(types()).endsWith("gd_start_enroll", "gd_send_sms_failure");
        assertThat(newest()).contains("\"errorCode\": \"21610\"");
    }

    @Test
    void too_many_wrong_codes_and_the_way_back_by_recovery_code() {
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        tenant.verify(login, started.text("oob_code"), tenant.code(number));
        for (int round = 0; round < 2; round++) {
            var again = tenant.mfaToken(person);
            var oob = tenant.challenge(again).text("oob_code");
            for (int guess = 1; guess <= 5; guess++) tenant.verify(again, oob, tenant.wrongCode(number));
        }
        var last = tenant.mfaToken(person);
        tenant.verify(last, tenant.challenge(last).text("oob_code"), tenant.code(number));
        assertThat(types()).endsWith("gd_send_sms", "gd_otp_rate_limit_exceed", "feoobft");

        var half = tenant.signIn(person, "audience", tenant.issuer() + "mfa/").text("mfa_token");
        recover(half, "C".repeat(24));
        var code = started.body().path("recovery_codes").get(0).asString();
        var open = recover(half, code).text("access_token");
        assertThat(types()).endsWith("mfar", "gd_recovery_failed", "fercft", "gd_recovery_succeed", "sercft");
        var phone =
                tenant.get("/mfa/authenticators", open).body().get(0).path("id").asString();
        tenant.delete("/mfa/authenticators/" + phone.replace("|", "%7C"), open);
        assertThat(types()).endsWith("sercft", "gd_unenroll");
        assertThat(db().sql("SELECT count(*) FROM log WHERE tenant_id = :tenant AND log::text LIKE :code")
                        .param("tenant", tenant.id().value())
                        .param("code", "%" + code + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void an_administrators_change_is_told_without_its_value() {
        tenant.enrolled(number);
        var admin = ManagementClient.of(tenant, "update:guardian_factors");
        admin.put("/phone/providers/twilio", "{\"auth_token\":\"the-new-token\"}");
        assertThat(types()).endsWith("seccft", "gd_tenant_update");
        assertThat(newest()).contains("guardian/factors/phone/providers/twilio").doesNotContain("the-new-token");
    }

    @Test
    void ids_sort_by_time() {
        tenant.enrolled(number);
        for (int later = 0; later < 3; later++) {
            tenant.server().clock().advance(Duration.ofMillis(1));
            tenant.challenge(tenant.mfaToken(person));
            tenant.associate(tenant.mfaToken(person), "sms", number);
        }
        var ids = db().sql("SELECT id FROM log WHERE tenant_id = :tenant ORDER BY at, id")
                .param("tenant", tenant.id().value())
                .query(String.class)
                .list();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("900\\d{29}"));
    }

    private Answer recover(String login, String code) {
        return tenant.token(GrantType.MFA_RECOVERY_CODE.wire(), "mfa_token", login, "recovery_code", code);
    }

    private List<String> types() {
        return db().sql("SELECT type FROM log WHERE tenant_id = :tenant ORDER BY id")
                .param("tenant", tenant.id().value())
                .query((row, _) -> row.getString("type"))
                .list();
    }

    private String newest() {
        return db().sql("SELECT data::text FROM log WHERE tenant_id = :tenant ORDER BY id DESC LIMIT 1")
                .param("tenant", tenant.id().value())
                .query(String.class)
                .single();
    }

    private JdbcClient db() {
        return tenant.server().bean(JdbcClient.class);
    }
}
