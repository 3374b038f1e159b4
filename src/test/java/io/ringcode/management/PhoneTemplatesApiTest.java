package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTemplatesApiTest {
    private static final String PATH = "/branding/phone/templates";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void the_list_begins_with_defaults_that_have_no_id() {
        var listed = admin.get(PATH).body().path("templates");
        assertThat(listed.size()).isEqualTo(5);
        assertThat(listed.get(0).has("id")).isFalse();
        assertThat(listed.get(0).path("content").path("from").asString()).isEmpty();
        assertThat(listed.get(0).path("content").path("body").path("text").asString())
                .contains("{{ code }}");
    }

    @Test
    void a_template_is_written_once_changed_reset_and_deleted() {
        var made = write("otp_verify", "{{ code }} opens {{ friendly_name }}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("id")).startsWith("tem_");
        assertThat(write("otp_verify", "{{ code }}").status()).isEqualTo(409);
        var one = PATH + "/" + made.text("id");
        var changed = admin.patch(one, "{'disabled':true,'content':{'body':{'text':'{{ code }}!'}}}");
        assertThat(changed.body().path("disabled").asBoolean()).isTrue();
        assertThat(changed.body().path("content").path("from").asString()).isEqualTo("+12025550123");
        assertThat(admin.get(PATH + "?disabled=true").body().path("templates").size())
                .isEqualTo(1);
        var reset = admin.patch(one + "/reset", "{}");
        assertThat(reset.body().path("content").path("from").asString()).isEqualTo("+12025550123");
        assertThat(reset.body().path("content").path("body").path("text").asString())
                .contains("verification code");
        assertThat(admin.delete(one).status()).isEqualTo(204);
        assertThat(admin.get(one).text("message")).isEqualTo("Notification Resource not found");
    }

    @Test
    void a_sample_of_it_is_sent_through_the_selected_provider() {
        var made = write("otp_verify", "{{ code }} would open {{ friendly_name }}");
        var number = TestTenant.newNumber();
        var tried = admin.post(PATH + "/" + made.text("id") + "/try", Map.of("to", number, "delivery_method", "text"));
        assertThat(tried.status()).isEqualTo(202);
        assertThat(lastText(number))
                .isEqualTo("730518 would open " + tenant.id().value());
        assertThat(admin.post(PATH + "/tem_nobodys/try", Map.of("to", number)).status())
                .isEqualTo(404);
        assertThat(admin.post(PATH + "/" + made.text("id") + "/try", "{'to':'12'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void it_is_sent_once_the_tenant_has_switched_the_experience_on() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        write("otp_verify", "{{ code }} for {{ user.email }} of {{ tenant }} in {{ client.name }}");
        tenant.challenge(tenant.mfaToken(person));
        assertThat(lastText(number)).as("before").contains("verification code");
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        TenantProfile.SETTING,
                        Map.of("phone_consolidated_experience", true),
                        tenant.server().clock().instant());
        tenant.challenge(tenant.mfaToken(person));
        assertThat(tenant.server().carrier().requests())
                .filteredOn(request -> request.field("To").equals(number))
                .extracting(request -> request.field("From"))
                .endsWith("+12025550123");
        assertThat(lastText(number))
                .endsWith(" for " + person.email() + " of " + tenant.id().value() + " in app");
    }

    @Test
    void a_text_of_more_than_one_segment_is_kept_with_a_warning() {
        var made = write("otp_verify", "{{ code }} " + "and so on ".repeat(16));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("warnings").get(0).asString())
                .startsWith("otp_verify: the SMS takes 2 segments (GSM-7) in en, ");
        assertThat(admin.patch(PATH + "/" + made.text("id"), "{'content':{'body':{'text':'{{ code }}'}}}")
                        .body()
                        .has("warnings"))
                .isFalse();
    }

    @Test
    void it_ends_with_the_line_for_browsers_where_the_tenant_wants_that() {
        admin.put("/guardian/factors/phone/autofill", "{'enabled':true,'domain':'login.example.com'}");
        var made = write("otp_verify", "{{ code }}");
        var number = TestTenant.newNumber();
        admin.post(PATH + "/" + made.text("id") + "/try", Map.of("to", number, "delivery_method", "text"));
        assertThat(lastText(number)).isEqualTo("730518\n@login.example.com #730518");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'otp'}",
                "{'type':'otp_enroll','content':{'body':{'text':'no code'}}}",
                "{'type':'otp_enroll','content':{'body':{'voice':'{{ code'}}}",
                "{'type':'otp_enroll','content':{'syntax':'jinja'}}",
                "{'type':'otp_enroll','content':{'from':'a sender of more than 16'}}",
                "{'type':'otp_enroll','content':{'from':'an\\nowl'}}",
                "{'type':'otp_enroll','content':{'body':{'fax':'{{ code }}'}}}",
                "{'type':'otp_enroll','channel':'phone'}",
            })
    void bodies_that_break_the_schema_are_refused(String body) {
        assertThat(admin.post(PATH, body).text("errorCode")).isEqualTo("invalid_body");
    }

    private io.ringcode.Answer write(String type, String text) {
        return admin.post(
                PATH,
                "{'type':'" + type + "','content':{'syntax':'liquid','from':'+12025550123','body':{'text':'" + text
                        + "','voice':'{{ pause }}{{ code }}'}}}");
    }

    private String lastText(String number) {
        return tenant.server().carrier().lastText(number);
    }
}
