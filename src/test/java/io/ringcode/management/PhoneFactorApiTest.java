package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneFactorApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final ManagementClient admin = ManagementClient.of(
            tenant, "read:guardian_factors", "update:guardian_factors", "read:mfa_policies", "update:mfa_policies");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/phone/message-types     | {'message_types':['voice']}",
                "/phone/selected-provider | {'provider':'twilio'}",
                "/sms/selected-provider   | {'provider':'auth0'}",
                "/phone/templates | {'enrollment_message':'{{code}} binds','verification_message':'{{code}} opens'}",
                "/sms/templates   | {'enrollment_message':'{{code}} binds','verification_message':'{{code}} opens'}",
                "/phone/settings          | {'otp_length':8,'otp_expiration_time':120}",
            })
    void what_is_put_is_answered_and_read_back(String path, String text) {
        var body = text.replace('\'', '"');
        var put = admin.put(path, body);
        assertThat(put.status()).isEqualTo(200);
        assertSame(put, body);
        assertSame(admin.get(path), body);
        if (path.startsWith("/sms/")) assertSame(admin.get(path.replace("/sms/", "/phone/")), body);
    }

    @Test
    void factors_are_listed_and_switched_one_by_one() {
        assertThat(admin.put("/otp", "{\"enabled\":false}").body().toString()).isEqualTo("{\"enabled\":false}");
        var listed = admin.get("").body();
        assertThat(listed.size()).isEqualTo(8);
        assertThat(listed.toString())
                .contains("{\"name\":\"sms\",\"enabled\":true,\"trial_expired\":false}")
                .contains("{\"name\":\"otp\",\"enabled\":false,\"trial_expired\":false}");
        assertThat(admin.put("/duo", "{\"enabled\":true}").body().toString())
                .isEqualTo("{\"enabled\":false,\"message\":\"Not kept: this server does not offer the factor duo\"}");
        assertThat(admin.get("").body().toString()).contains("{\"name\":\"duo\",\"enabled\":false");
        assertThat(admin.put("/carrier-pigeon", "{\"enabled\":true}").text("errorCode"))
                .isEqualTo("invalid_uri");
        var policies = tenant.get("/api/v2/guardian/policies", admin.token());
        assertThat(policies.body().toString()).isEqualTo("[\"all-applications\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/sms | {}",
                "/sms | {'enabled':'yes'}",
                "/sms | {'enabled':true,'more':1}",
                "/sms | []",
                "/sms | {'enabled'",
                "/phone/message-types | {'message_types':'sms'}",
                "/phone/message-types | {'message_types':['fax']}",
                "/phone/message-types | {'message_types':['sms','sms']}",
                "/phone/selected-provider | {'provider':'pigeon'}",
                "/phone/selected-provider | {'provider':1}",
                "/sms/selected-provider | {'provider':'twilio','more':1}",
                "/phone/settings | {'otp_length':5,'otp_expiration_time':300}",
                "/phone/settings | {'otp_length':6,'otp_expiration_time':601}",
                "/phone/settings | {'otp_length':6.5,'otp_expiration_time':300}",
                "/phone/providers/twilio | {'sid':1}",
                "/phone/providers/twilio | {'auth_token':''}",
                "/sms/providers/twilio | {'password':'x'}",
                "/phone/templates | {'enrollment_message':'{{code}}'}",
                "/phone/templates | {'enrollment_message':'{{code','verification_message':'{{code}}'}",
                "/phone/templates | {'enrollment_message':'{% if %}{{code}}','verification_message':'{{code}}'}",
                "/phone/templates | {'enrollment_message':'no secret in it','verification_message':'{{code}}'}",
            })
    void bodies_that_break_the_schema_change_nothing(String path, String text) {
        var before = admin.get(path.equals("/sms") ? "" : path).body();
        var refused = admin.put(path, text.replace('\'', '"'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorCode")).isEqualTo("invalid_body");
        assertThat(refused.text("message")).startsWith("Payload validation error: '");
        assertThat(admin.get(path.equals("/sms") ? "" : path).body()).isEqualTo(before);
    }

    @Test
    void an_unknown_property_is_named() {
        assertThat(admin.put("/phone/selected-provider", "{\"provider\":\"twilio\",\"speed\":9}")
                        .body()
                        .toString())
                .isEqualTo(
                        "{\"statusCode\":400,\"error\":\"Bad Request\",\"message\":\"Payload validation error:"
                                + " 'Additional properties not allowed: speed' on property speed.\",\"errorCode\":\"invalid_body\"}");
    }

    @Test
    void only_a_token_of_this_tenant_with_the_scope_opens_it() {
        var nobody = tenant.get("/api/v2/guardian/factors", null);
        assertThat(nobody.status()).isEqualTo(401);
        var other = Ringcode.shared().tenant();
        var reader = ManagementClient.of(other, "read:guardian_factors");
        assertThat(reader.get("").status()).isEqualTo(200);
        var refused = reader.put("/sms", "{\"enabled\":true}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("message")).isEqualTo("Insufficient scope, expected any of: update:guardian_factors");
        assertThat(refused.text("errorCode")).isEqualTo("insufficient_scope");
        assertThat(new ManagementClient(other, admin.token()).get("").status())
                .as("another tenant's token")
                .isEqualTo(401);
        assertThat(new ManagementClient(tenant, tenant.mfaToken(tenant.person()))
                        .get("")
                        .status())
                .as("a token for something else")
                .isEqualTo(401);
    }

    @Test
    void the_carriers_token_goes_in_and_never_comes_out_and_null_removes() {
        var sid = "AC" + "1".repeat(32);
        var saved = admin.put("/phone/providers/twilio", Map.of("sid", sid, "auth_token", "s3cret-of-twilio"));
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.body().toString()).contains(sid).doesNotContain("s3cret", "from");
        for (var path : List.of("/phone/providers/twilio", "/sms/providers/twilio")) {
            var shown = admin.get(path).body();
            assertThat(shown.toString()).contains(sid, "+14155550100").doesNotContain("s3cret");
            assertThat(shown.path("auth_token").isNull()).isTrue();
        }
        admin.put("/phone/providers/twilio", "{\"from\":null}");
        assertThat(admin.get("/phone/providers/twilio").body().path("from").isNull())
                .isTrue();
        assertThat(admin.get("/phone/providers/twilio").text("sid"))
                .as("what was not named")
                .isEqualTo(sid);
        var unset = tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        assertThat(unset.error()).isEqualTo("503 temporarily_unavailable: The provider twilio is not set up for sms.");
    }

    @Test
    void calls_are_refused_by_the_built_in_provider_and_by_a_hook_that_is_not_there() {
        admin.put("/phone/selected-provider", "{\"provider\":\"auth0\"}");
        var login = tenant.mfaToken(tenant.person());
        assertThat(tenant.associate(login, "voice", TestTenant.newNumber()).error())
                .isEqualTo("503 temporarily_unavailable: The provider auth0 does not offer voice.");
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).status())
                .isEqualTo(200);
        admin.put("/phone/selected-provider", "{\"provider\":\"phone-message-hook\"}");
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).status())
                .isEqualTo(503);
    }

    private static void assertSame(Answer answer, String json) {
        assertThat(answer.body())
                .isEqualTo(tools.jackson.databind.json.JsonMapper.shared().readTree(json));
    }
}
