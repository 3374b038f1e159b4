package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
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

    private static final String TEXTS = "/guardian/factors/phone/texts";

    @Test
    void a_text_of_its_own_is_sent_in_its_language_by_its_channel_alone() {
        var german = TEXTS + "/enrollment/sms/de";
        assertThat(admin.get(german).text("origin")).isEqualTo("default");
        var set = admin.put(german, "{'text':'{{ code }} aus {{ tenant.friendly_name }}'}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.text("origin")).isEqualTo("own");
        assertThat(set.text("text")).isEqualTo(set.text("own_text")).startsWith("{{ code }} aus");
        assertThat(set.body().path("segments").asInt()).isOne();
        var number = TestTenant.newNumber();
        enrol("de", number);
        assertThat(sentTo(number))
                .isEqualTo(tenant.code(number) + " aus " + tenant.id().value());
        var other = TestTenant.newNumber();
        enrol("fr", other);
        assertThat(sentTo(other)).doesNotContain(" aus ");
        var all = admin.get(TEXTS).body().path("texts");
        assertThat(all).hasSize(60);
        assertThat(all.valueStream()
                        .filter(text -> text.path("origin").asString("").equals("own")))
                .hasSize(1);
        assertThat(admin.call("DELETE", german, null).status()).isEqualTo(204);
        assertThat(admin.get(german).text("origin")).isEqualTo("default");
        var history = admin.get(german + "/history").body().path("history");
        assertThat(history).hasSize(2);
        assertThat(history.path(0).path("before").asString("")).startsWith("{{ code }} aus");
        assertThat(history.path(1).has("before")).isFalse();
        assertThat(history.path(0).path("client_id").asString("")).isNotEmpty();
    }

    @Test
    void what_makes_no_message_is_refused_and_what_is_not_there_is_missing() {
        for (var text : new String[] {"no code", "{{ code", "", "x".repeat(2_001)}) {
            var refused = admin.put(TEXTS + "/verification/voice/en", Map.of("text", text));
            assertThat(refused.status()).as(text).isEqualTo(400);
            assertThat(refused.text("message")).contains("on property text.");
        }
        for (var path : new String[] {"/verification/sms/xx", "/verification/pigeon/en", "/other/sms/en"})
            assertThat(admin.get(TEXTS + path).status()).as(path).isEqualTo(404);
        assertThat(admin.get(TEXTS + "/verification/voice/en/history").body().path("history"))
                .isEmpty();
    }

    @Test
    void a_call_that_says_its_code_once_is_warned_of() {
        var path = TEXTS + "/verification/voice/en/preview";
        assertThat(admin.post(path, "{'text':'Your code is {{ pause }}{{ code }}'}")
                        .body()
                        .path("warnings"))
                .hasSize(1);
        assertThat(admin.post(path, "{}").body().has("warnings")).isFalse();
    }

    @Test
    void the_text_for_all_languages_leaves_own_ones_and_can_be_taken_back() {
        admin.put(TEXTS + "/verification/sms/de", "{'text':'{{ code }} bleibt'}");
        admin.put(
                "/guardian/factors/phone/templates",
                "{'enrollment_message':'{{code}} E','verification_message':'{{code}} V'}");
        assertThat(admin.get(TEXTS + "/verification/sms/fr").text("origin")).isEqualTo("all_languages");
        assertThat(admin.get(TEXTS + "/verification/sms/de").text("origin")).isEqualTo("own");
        assertThat(admin.get(TEXTS + "/enrollment/history").body().path("history"))
                .hasSize(1);
        assertThat(admin.call("DELETE", "/guardian/factors/phone/templates", null)
                        .status())
                .isEqualTo(204);
        assertThat(admin.get(TEXTS + "/verification/sms/fr").text("origin")).isEqualTo("default");
    }

    private void enrol(String language, String number) {
        var body = "{\"authenticator_types\":[\"oob\"],\"oob_channels\":[\"sms\"],\"phone_number\":\"" + number + "\"}";
        var answer = tenant.send(tenant.request("/mfa/associate", tenant.mfaToken(tenant.person()))
                .header("Content-Type", "application/json")
                .header("x-request-language", language)
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(200);
    }

    private String sentTo(String number) {
        return Ringcode.shared().carrier().requests().stream()
                .filter(request -> request.field("To").equals(number))
                .toList()
                .getLast()
                .field("Body");
    }
}
