package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a tenant that are kept: its general ones, its looks, its wording, its memory of browsers. */
class SettingsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void general_settings_are_merged_and_answered_whole() {
        assertThat(admin.get("/tenants/settings")
                        .body()
                        .path("session_lifetime")
                        .intValue())
                .isEqualTo(168);
        admin.patch("/tenants/settings", "{'friendly_name':'Example','flags':{'enable_sso':true}}");
        var answer = admin.patch(
                "/tenants/settings",
                "{'session_lifetime_in_minutes':1440,'idle_session_lifetime_in_minutes':90,'enabled_locales':['de','en'],"
                        + "'flags':{'revoke_refresh_token_grant':true},'support_url':''}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("friendly_name")).isEqualTo("Example");
        assertThat(answer.body().path("session_lifetime").toString()).isEqualTo("24");
        assertThat(answer.body().path("idle_session_lifetime").toString()).isEqualTo("1.5");
        assertThat(answer.body().path("flags").propertyNames())
                .containsExactlyInAnyOrder("enable_sso", "revoke_refresh_token_grant");
        assertThat(answer.body().has("session_lifetime_in_minutes")).isFalse();
        assertThat(admin.get("/tenants/settings").body()).isEqualTo(answer.body());
        assertThat(admin.get("/tenants/settings?fields=friendly_name").body().size())
                .isEqualTo(1);
        assertThat(admin.patch("/tenants/settings", "{'friendly_name':null}")
                        .body()
                        .has("friendly_name"))
                .isFalse();
        var profile = TenantProfile.of(Ringcode.shared().bean(Tenants.class).settings(tenant.id()));
        assertThat(profile.locales()).containsExactly("de", "en");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {'no_such':1}; no_such
            {'flags':{'no_such':true}}; flags.no_such
            {'flags':{'enable_sso':'yes'}}; flags.enable_sso
            {'enabled_locales':['English']}; enabled_locales
            {'session_lifetime':0}; session_lifetime
            {'session_lifetime':1,'session_lifetime_in_minutes':60}; session_lifetime_in_minutes
            {'country_codes':{'list':['US']}}; country_codes.mode
            {'picture_url':'javascript:alert(1)'}; picture_url
            """)
    void what_the_schema_does_not_know_is_refused(String body, String property) {
        var answer = admin.patch("/tenants/settings", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("on property " + property);
    }

    @Test
    void the_looks_of_pages_are_kept() {
        assertThat(admin.get("/branding").body().isEmpty()).isTrue();
        admin.patch(
                "/branding",
                "{'colors':{'primary':'#ff0000','page_background':'#ffffff'},'logo_url':'https://x.example/l.png'}");
        var answer = admin.patch(
                "/branding",
                "{'colors':{'page_background':{'type':'linear-gradient','start':'#000000','end':'#ffffff','angle_deg':35}}}");

        assertThat(answer.body().path("colors").path("primary").asString()).isEqualTo("#ff0000");
        assertThat(answer.body()
                        .path("colors")
                        .path("page_background")
                        .path("angle_deg")
                        .asInt())
                .isEqualTo(35);
        var branding = Branding.of(Ringcode.shared().bean(Tenants.class).settings(tenant.id()));
        assertThat(branding.logoUrl()).isEqualTo("https://x.example/l.png");
        assertThat(admin.patch("/branding", "{'colors':{'primary':'red'}}").status())
                .isEqualTo(400);
    }

    @Test
    void prompts_and_their_texts_are_kept() {
        assertThat(admin.patch("/prompts", "{'identifier_first':true}").body().toString())
                .isEqualTo("{\"universal_login_experience\":\"new\",\"identifier_first\":true,"
                        + "\"webauthn_platform_first_factor\":false}");
        var path = "/prompts/mfa-sms/custom-text/de";
        assertThat(admin.get(path).body().isEmpty()).isTrue();
        var texts = "{'mfa-sms-challenge':{'title':'Ihr Code'}}";
        assertThat(admin.put(path, texts).status()).isEqualTo(200);
        assertThat(admin.get(path).body().toString()).isEqualTo(texts.replace('\'', '"'));
        assertThat(admin.get("/prompts/mfa-sms/custom-text/en").body().isEmpty())
                .isTrue();
        assertThat(admin.put("/prompts/no-such/custom-text/de", "{}").status()).isEqualTo(400);
        assertThat(admin.put("/prompts/mfa/custom-text/German", "{}").status()).isEqualTo(400);
        assertThat(admin.put(path, "{'mfa-sms-challenge':{'title':5}}").status())
                .isEqualTo(400);
    }

    @Test
    void browsers_are_remembered_as_long_as_is_set() {
        var settings = "{'display_remember_me_checkbox':false,'remember_me_default_value':true,"
                + "'mfa_session_inactivity_timeout':3600,'mfa_session_overall_timeout':7200}";
        var answer = admin.put("/guardian/settings", settings);
        assertThat(answer.body().toString()).isEqualTo(settings.replace('\'', '"'));
        assertThat(admin.get("/guardian/settings").body()).isEqualTo(answer.body());
        assertThat(admin.put("/guardian/settings", settings.replace("3600", "7201"))
                        .status())
                .isEqualTo(400);
        assertThat(admin.put("/guardian/settings", "{}").status()).isEqualTo(400);
    }
}
