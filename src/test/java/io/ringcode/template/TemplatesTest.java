package io.ringcode.template;

import static io.ringcode.phone.Channel.SMS;
import static io.ringcode.phone.Channel.VOICE;
import static io.ringcode.template.Purpose.ENROLLMENT;
import static io.ringcode.template.Purpose.VERIFICATION;
import static io.ringcode.template.Templates.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.TestDatabase;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

@ExtendWith(OutputCaptureExtension.class)
class TemplatesTest {
    private static final Set<Channel> ALL = EnumSet.allOf(Channel.class);

    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final String FINE = "{{ code }} is fine";

    private final DataSource source = new DriverManagerDataSource(DATABASE.url(), DATABASE.user(), DATABASE.password());
    private final JdbcClient db = JdbcClient.create(source);
    private final Tenants tenants = tenants();
    private final Templates templates = new Templates(tenants);

    @BeforeEach
    void a_tenant_with_a_name() {
        db.sql("DELETE FROM tenant_setting").update();
        profile("Acme", "en", "fr");
    }

    @Test
    void a_tenant_without_templates_speaks_the_users_language() {
        assertThat(render(VERIFICATION, SMS, Locale.FRENCH)).isEqualTo("123456 est votre code de vérification Acme.");
        assertThat(render(ENROLLMENT, VOICE, Locale.ENGLISH))
                .contains(PAUSE + "1.2.3.4.5.6.")
                .contains("Acme");
        assertThat(templates.current(TENANT)).isEqualTo(MessageTemplates.DEFAULT);
    }

    @Test
    void a_saved_default_is_still_sent_in_the_users_language() {
        templates.save(TENANT, MessageTemplates.DEFAULT, ALL, NOW);
        assertThat(render(VERIFICATION, SMS, Locale.FRENCH)).isEqualTo("123456 est votre code de vérification Acme.");
    }

    @Test
    void what_was_saved_is_sent_and_shown() {
        var saved = new MessageTemplates("E {{code}}", "V {{code}}");
        templates.save(TENANT, saved, ALL, NOW);
        assertThat(templates.current(TENANT)).isEqualTo(saved);
        assertThat(render(ENROLLMENT, SMS, Locale.FRENCH)).isEqualTo("E 123456");
        assertThat(render(VERIFICATION, SMS, Locale.FRENCH)).isEqualTo("V 123456");
    }

    @Test
    void it_is_stored_under_the_names_of_the_management_api() {
        templates.save(TENANT, new MessageTemplates("E {{code}}", "V {{code}}"), ALL, NOW);
        var stored = db.sql("SELECT value ->> 'enrollment_message' FROM tenant_setting WHERE name = :name")
                .param("name", "guardian/factors/phone/templates")
                .query(String.class)
                .single();
        assertThat(stored).isEqualTo("E {{code}}");
    }

    @Test
    void every_variable_of_the_contract_has_its_value() {
        db.sql("UPDATE tenant SET domain = 'login.acme.example' WHERE id = 'default'")
                .update();
        saveVerification("{{code}}|{{message_type}}|{{tenant.friendly_name}}|{{tenant.friendlyName}}|{{locale}}|"
                + "{{requestInfo.lang}}|{{pause}}|{{custom_domain.domain}}|{{custom_domain.nothing}}|{{nothing}}|");
        assertThat(render(VERIFICATION, SMS, Locale.CANADA_FRENCH))
                .isEqualTo("123456|sms|Acme|Acme|fr-CA|fr-CA,fr;q=0.8||login.acme.example|||");
        assertThat(render(VERIFICATION, VOICE, Locale.ENGLISH))
                .isEqualTo("1.2.3.4.5.6|voice|Acme|Acme|en|fr-CA,fr;q=0.8|" + PAUSE + "|login.acme.example|||");
    }

    @Test
    void without_a_header_or_a_domain_there_is_nothing_to_show() {
        db.sql("UPDATE tenant SET domain = NULL WHERE id = 'default'").update();
        saveVerification("{{code}}[{{requestInfo.lang}}{{custom_domain.domain}}]");
        assertThat(templates.render(TENANT, VERIFICATION, SMS, "123456", Locale.ENGLISH, null))
                .isEqualTo("123456[]");
    }

    @Test
    void a_template_may_branch_on_the_channel_and_the_language() {
        saveVerification("""
                {% if message_type == "voice" %}
                  Your code is {{ pause }}{{ code | replace: ".", ", " }}
                {% elsif locale contains "fr" %}
                  Votre code : {{ code | slice: 0, 3 }} {{ code | slice: 3, 3 }}
                {% else %}
                  Your code: {{ code }}
                {% endif %}
                """);
        assertThat(render(VERIFICATION, VOICE, Locale.FRENCH)).isEqualTo("Your code is " + PAUSE + "1, 2, 3, 4, 5, 6");
        assertThat(render(VERIFICATION, SMS, Locale.FRENCH)).isEqualTo("Votre code : 123 456");
        assertThat(render(VERIFICATION, SMS, Locale.ENGLISH)).isEqualTo("Your code: 123456");
    }

    @Test
    void a_template_that_leaves_the_code_out_is_refused_and_nothing_is_saved() {
        templates.save(TENANT, new MessageTemplates(FINE, FINE), ALL, NOW);
        refused(new MessageTemplates("x {{code}}", "Hello"), "verification_message: the sms message in language en");
        refused(
                new MessageTemplates("{% if message_type == 'sms' %}{{code}}{% endif %}", FINE),
                "enrollment_message: the voice message in language en does not contain the code");
        refused(
                new MessageTemplates("{% if locale == 'en' %}{{code}}{% endif %}", FINE),
                "enrollment_message: the sms message in language fr does not contain the code");
        assertThat(templates.current(TENANT)).isEqualTo(new MessageTemplates(FINE, FINE));
    }

    @Test
    void a_template_that_is_not_liquid_is_refused_with_its_place() {
        refused(new MessageTemplates(FINE, "line one\n{% if %} {{code}}"), "verification_message: line 2, column ");
        refused(new MessageTemplates("{{code}}{% include 'x' %}", FINE), "enrollment_message: uses include");
        refused(new MessageTemplates("{{code}}" + "x".repeat(20_000), FINE), "enrollment_message: is longer than");
    }

    @Test
    void a_template_that_fails_when_it_counts_gives_way_to_the_default(CapturedOutput output) {
        stored("{% for i in (1..100000) %}{% endfor %}{{ code }}");
        assertThat(render(VERIFICATION, SMS, Locale.ENGLISH)).isEqualTo("123456 is your Acme verification code.");
        stored("{% if %} {{ code }}");
        assertThat(render(VERIFICATION, SMS, Locale.ENGLISH)).isEqualTo("123456 is your Acme verification code.");
        stored("{{ code | append: 'x' | times: 2 }}");
        assertThat(render(VERIFICATION, SMS, Locale.ENGLISH)).isEqualTo("123456 is your Acme verification code.");
        stored("Hello");
        assertThat(render(VERIFICATION, SMS, Locale.ENGLISH)).isEqualTo("123456 is your Acme verification code.");
        assertThat(output.getAll().lines().filter(line -> line.contains("Sent the default text")))
                .hasSize(4)
                .noneMatch(line -> line.contains("123456"));
    }

    @Test
    void a_tenant_without_a_name_goes_by_its_id() {
        db.sql("DELETE FROM tenant_setting").update();
        assertThat(new Templates(tenants()).render(TENANT, VERIFICATION, SMS, "123456", Locale.ENGLISH, null))
                .isEqualTo("123456 is your default verification code.");
    }

    @Test
    void the_languages_are_those_that_the_tenant_enabled() {
        var languages = new Languages(tenants);
        assertThat(languages.choose(TENANT, "fr-CA", "en")).isEqualTo(Locale.FRENCH);
        assertThat(languages.choose(TENANT, "de", null)).isEqualTo(Locale.ENGLISH);
        profile("Acme", "de", "en");
        assertThat(languages.choose(TENANT, null, "fr")).isEqualTo(Locale.GERMAN);
    }

    @Test
    void one_setting_can_be_read_as_more_than_one_record() {
        var settings = tenants.settings(TENANT);
        assertThat(TenantProfile.of(settings).friendlyName()).isEqualTo("Acme");
        assertThat(settings.get(TenantProfile.SETTING, JsonNode.class, NullNode.getInstance())
                        .has("flags"))
                .isTrue();
    }

    private Tenants tenants() {
        var json = JsonMapper.builder().build();
        return new Tenants(db, json, Clock.fixed(NOW, ZoneOffset.UTC), new JdbcTransactionManager(source));
    }

    private String render(Purpose purpose, Channel channel, Locale language) {
        return templates.render(TENANT, purpose, channel, "123456", language, "fr-CA,fr;q=0.8");
    }

    private void saveVerification(String template) {
        templates.save(TENANT, new MessageTemplates(FINE, template), ALL, NOW);
    }

    /** As after a change of the limits, or of the enabled languages: nothing tried it out. */
    private void stored(String template) {
        tenants.set(TENANT, MessageTemplates.SETTING, new MessageTemplates(FINE, template), NOW);
    }

    private void profile(String name, String... locales) {
        var other = List.of("kept by another module");
        tenants.set(
                TENANT,
                TenantProfile.SETTING,
                Map.of("friendly_name", name, "enabled_locales", List.of(locales), "flags", other),
                NOW);
    }

    private void refused(MessageTemplates refused, String reason) {
        assertThatThrownBy(() -> templates.save(TENANT, refused, ALL, NOW))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageStartingWith(reason);
    }
}
