package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhoneTextsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void a_text_that_takes_two_segments_is_saved_with_a_warning() {
        var saved = admin.put(
                "/guardian/factors/phone/templates",
                "{'enrollment_message':'{{code}} " + "я".repeat(70) + "','verification_message':'{{code}} is fine'}");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.body().path("warnings").size()).isOne();
        assertThat(saved.body().path("warnings").path(0).asString())
                .startsWith("enrollment_message: the SMS takes 2 segments (UCS-2) in en, ");
    }

    @Test
    void a_text_for_sms_alone_is_saved_where_no_calls_are_made_and_checked_when_they_are() {
        var texts = Map.of(
                "enrollment_message", "{% if message_type == 'sms' %}{{code}}{% endif %}",
                "verification_message", "{{code}}");
        assertThat(admin.put("/guardian/factors/phone/message-types", "{'message_types':['sms','voice']}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.put("/guardian/factors/phone/templates", texts).status())
                .as("a call would say nothing")
                .isEqualTo(400);
        assertThat(admin.put("/guardian/factors/phone/message-types", "{'message_types':['sms']}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.put("/guardian/factors/phone/templates", texts).status())
                .isEqualTo(200);
        var refused = admin.put("/guardian/factors/phone/message-types", "{'message_types':['sms','voice']}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).contains("message_types", "enrollment_message", "voice");
        assertThat(admin.get("/guardian/factors/phone/message-types")
                        .body()
                        .path("message_types")
                        .size())
                .isOne();
    }

    @Test
    void the_last_line_is_for_the_browser_where_the_tenant_wants_it() {
        var saved = admin.put("/guardian/factors/phone/autofill", "{'enabled':true,'domain':'login.example.com'}");
        assertThat(saved.status()).isEqualTo(200);
        var number = TestTenant.newNumber();
        tenant.enrolled(number);
        var sms = Ringcode.shared().carrier().requests().stream()
                .filter(request -> request.field("To").equals(number))
                .toList()
                .getLast()
                .field("Body");
        assertThat(sms).endsWith("\n@login.example.com #" + tenant.code(number));
        assertThat(admin.get("/guardian/factors/phone/autofill").text("domain")).isEqualTo("login.example.com");
        assertThat(admin.put("/guardian/factors/phone/autofill", "{'enabled':true,'domain':'no domain'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_preview_shows_both_channels_in_any_language() {
        var preview = admin.post("/guardian/factors/phone/templates/preview", "{'language':'de'}");
        assertThat(preview.status()).isEqualTo(200);
        var verification = preview.body().path("verification_message");
        assertThat(verification.path("sms").asString()).contains("730518");
        assertThat(verification.path("voice").asString()).contains("7.3.0.5.1.8");
        assertThat(verification.path("segments").asInt()).isOne();
        var own = admin.post(
                "/guardian/factors/phone/templates/preview",
                "{'verification_message':'{{locale}} {{code}}','language':'sw'}");
        assertThat(own.body().path("verification_message").path("sms").asString())
                .isEqualTo("sw 730518");
        assertThat(admin.post("/guardian/factors/phone/templates/preview", "{'verification_message':'no code'}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.get("/guardian/factors/phone/templates").text("verification_message"))
                .doesNotContain("locale");
    }
}
