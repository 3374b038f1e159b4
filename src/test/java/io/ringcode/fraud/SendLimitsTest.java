package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.management.Admin;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendLimitsTest {
    private static final Bucket PLENTY = new Bucket(1_000, 1);

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final String number = TestTenant.newNumber();

    @Test
    void a_user_gets_ten_messages_and_then_one_an_hour() {
        var person = tenant.enrolled(number);
        for (int sent = 1; sent < 10; sent++)
            assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        var before = tenant.server().carrier().count();
        for (int denied = 0; denied < 5; denied++) {
            var answer = tenant.challenge(tenant.mfaToken(person));
            assertThat(answer.error())
                    .isEqualTo(
                            "429 invalid_request: Too many SMS sent by the user. Wait for some minutes before retrying.");
            assertThat(answer.retryAfter()).isEqualTo(3_600);
        }
        assertThat(tenant.server().carrier().count()).isEqualTo(before);
        tenant.server().clock().advance(Duration.ofHours(1));
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(429);
    }

    @Test
    void with_growing_delays_each_further_message_waits_longer() {
        var admin = Admin.of(tenant);
        assertThat(admin.get("/attack-protection/phone-provider-protection").text("type"))
                .isEqualTo("default");
        for (var type : List.of("default", "none", "exponential")) {
            assertThat(admin.patch("/attack-protection/phone-provider-protection", "{'type':'" + type + "'}")
                            .text("type"))
                    .isEqualTo(type);
            assertThat(admin.get("/attack-protection/phone-provider-protection").text("type"))
                    .isEqualTo(type);
        }
        limits(TestLimits.all(PLENTY));
        var clock = tenant.server().clock();
        clock.advance(Duration.ofDays(1));
        var person = tenant.enrolled(number);
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        for (var minutes : List.of(0, 1, 2)) {
            clock.advance(Duration.ofSeconds(minutes * 66));
            assertThat(tenant.challenge(tenant.mfaToken(person)).status())
                    .as("after %s minutes", minutes)
                    .isEqualTo(200);
            var denied = tenant.challenge(tenant.mfaToken(person));
            assertThat(denied.status()).isEqualTo(429);
            var next = minutes == 0 ? 60 : minutes * 120;
            assertThat(denied.retryAfter()).isBetween(Math.round(next * 0.89), Math.round(next * 1.11));
        }
        clock.advance(Duration.ofDays(1));
        for (int free = 0; free < 3; free++)
            assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"OTHER_CHANNEL", "NEXT_CARRIER"})
    void a_code_that_the_server_itself_sends_again_is_not_delayed(Cause cause) {
        Admin.of(tenant).patch("/attack-protection/phone-provider-protection", "{'type':'exponential'}");
        limits(TestLimits.all(PLENTY));
        for (int sent = 0; sent < 3; sent++) assertThat(admit(Cause.SIGN_IN)).isInstanceOf(Admitted.class);
        assertThat(admit(Cause.SIGN_IN)).isInstanceOf(Denied.class);
        assertThat(admit(cause)).isInstanceOf(Admitted.class);
    }

    private Admission admit(Cause cause) {
        var server = tenant.server();
        var to = new PhoneNumber(number);
        var user = new UserId("auth0|delayed");
        var request = new SendRequest(
                tenant.id(),
                null,
                user,
                null,
                to,
                Channel.SMS,
                null,
                cause,
                SendRequest.Ownership.CONFIRMED,
                null,
                SendRequest.Proof.IMPOSSIBLE);
        return server.bean(FraudGuard.class).admitAlone(request, server.clock().instant());
    }

    @Test
    void a_number_is_not_flooded_through_many_users() {
        for (int user = 0; user < 5; user++)
            assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", number)
                            .status())
                    .isEqualTo(200);
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", number)
                        .status())
                .isEqualTo(429);
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_address_that_an_application_passes_on_is_limited_and_the_applications_own_is_not() {
        limits(TestLimits.all(PLENTY).with(Limit.ENROLLMENT_ADDRESS, new Bucket(3, 60)));
        for (int sent = 0; sent < 3; sent++)
            assertThat(from("198.51.100.7").status()).isEqualTo(200);
        var denied = from("198.51.100.7");
        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.retryAfter()).isEqualTo(60);
        assertThat(from("198.51.100.8").status()).isEqualTo(200);
        for (int sent = 0; sent < 5; sent++)
            assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                            .status())
                    .isEqualTo(200);
    }

    @Test
    void a_tenant_is_never_exceeded() {
        limits(TestLimits.all(PLENTY).with(Limit.TENANT, new Bucket(45, 10)));
        int sent = 0;
        while (tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                        .status()
                == 200) sent++;
        assertThat(sent).isEqualTo(45);
        var denied = tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.retryAfter()).isBetween(1L, 10L);
    }

    @Test
    void passwords_are_tried_twenty_times_and_then_ten_a_minute() {
        for (int attempt = 0; attempt < 20; attempt++)
            assertThat(tenant.token("password", "username", "eve@example.com", "password", "guess")
                            .status())
                    .isEqualTo(403);
        var refused = tenant.token("password", "username", "eve@example.com", "password", "guess");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("error")).isEqualTo("too_many_attempts");
        assertThat(refused.retryAfter()).isEqualTo(6);
    }

    @Test
    void right_passwords_do_not_count_as_tries() {
        var person = tenant.person();
        for (int login = 0; login < 25; login++)
            assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
    }

    private io.ringcode.Answer from(String address) {
        var body = "{\"authenticator_types\":[\"oob\"],\"oob_channels\":[\"sms\"],\"phone_number\":\""
                + TestTenant.newNumber() + "\"}";
        return tenant.send(tenant.request("/mfa/associate", tenant.mfaToken(tenant.person()))
                .header("Content-Type", "application/json")
                .header("auth0-forwarded-for", address)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    private void limits(SendLimits limits) {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SendLimits.NAME,
                        limits,
                        tenant.server().clock().instant());
    }
}
