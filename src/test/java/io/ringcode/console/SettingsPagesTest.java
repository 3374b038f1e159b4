package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import io.ringcode.tenant.TenantProfile;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator chooses for the tenant as a whole. */
class SettingsPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @Test
    void the_tenant_gets_a_name_an_address_for_support_lifetimes_and_languages() {
        var page = console.post(
                "/console/settings/tenant",
                "friendly_name",
                "Acme & Sons",
                "support_email",
                "help@acme.example",
                "support_url",
                "https://acme.example/help",
                "session_lifetime",
                "12.5",
                "idle_session_lifetime",
                "",
                "default_locale",
                "de",
                "enabled_locales",
                "en",
                "enabled_locales",
                "de",
                "allowed_logout_urls",
                "https://a.example/bye?a,b\r\n https://b.example/bye \r\n");
        assertThat(page.html()).contains("Saved.", "Acme &amp; Sons", "value=\"12.5\"", "value=\"72\"");
        var stored = api.get("/tenants/settings").body();
        assertThat(stored.path("friendly_name").asString()).isEqualTo("Acme & Sons");
        assertThat(stored.path("support_email").asString()).isEqualTo("help@acme.example");
        assertThat(stored.path("session_lifetime").asDouble()).isEqualTo(12.5);
        assertThat(stored.path("enabled_locales").toString()).isEqualTo("[\"de\",\"en\"]");
        assertThat(stored.path("allowed_logout_urls").get(0).asString()).isEqualTo("https://a.example/bye?a,b");
        assertThat(stored.path("allowed_logout_urls").size()).isEqualTo(2);
        assertThat(page.html()).containsPattern("value=\"de\" selected").doesNotContain("value=\"fr\" checked");
    }

    @Test
    void all_languages_in_their_order_are_no_choice_at_all() {
        var html = console.open("/console/settings").html();
        assertThat(html).containsPattern("value=\"uk\" checked");
        var fields = new ArrayList<String>();
        for (var tag : TenantProfile.ALL_LOCALES) {
            fields.add("enabled_locales");
            fields.add(tag);
        }
        console.post("/console/settings/tenant", fields.toArray(String[]::new));
        assertThat(api.get("/tenants/settings").body().has("enabled_locales")).isFalse();
    }

    @Test
    void what_the_api_refuses_is_shown_in_its_words_and_nothing_typed_is_lost() {
        var page = console.post(
                "/console/settings/tenant",
                "friendly_name",
                "Typed",
                "support_email",
                "nobody",
                "session_lifetime",
                "x");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html())
                .contains(
                        "id=\"support_email-problem\"",
                        "href=\"#support_email\"",
                        "value=\"Typed\"",
                        "value=\"nobody\"",
                        "value=\"x\"");
        assertThat(api.get("/tenants/settings").body().path("friendly_name").asString(""))
                .isNotEqualTo("Typed");
    }

    @Test
    void the_looks_are_tried_before_they_are_saved_and_a_colour_that_cannot_be_read_is_told() {
        var tried = console.post("/console/settings/branding/preview", "primary", "#ffee00", "background", "#102030");
        assertThat(tried.html())
                .contains("too little contrast", "In light mode it is shown as #", "primary=%23ffee00")
                .doesNotContain("In dark mode");
        assertThat(api.get("/branding").body().has("colors")).isFalse();
        var css = console.open(
                "/console/settings/look.css?primary=%23ffee00&background=%23102030&end=%23405060&angle=30");
        assertThat(css.html())
                .contains(
                        ".look-light{--accent:",
                        "linear-gradient(30deg,#102030,#405060)",
                        ".look-dark{--accent:#ffee00");
        var page = console.post(
                "/console/settings/branding",
                "primary",
                "#0059d6",
                "background",
                "#102030",
                "end",
                "#405060",
                "angle",
                "30",
                "logo_url",
                "https://pictures.example/logo.svg");
        assertThat(page.html()).contains("Saved.", "src=\"https://pictures.example/logo.svg\"", "value=\"#405060\"");
        assertThat(page.whole().headers().firstValue("Content-Security-Policy").orElse(""))
                .endsWith("img-src 'self' https://pictures.example");
        var colors = api.get("/branding").body().path("colors");
        assertThat(colors.path("page_background").path("angle_deg").asInt()).isEqualTo(30);
        console.post("/console/settings/branding", "primary", "#0059d6");
        assertThat(api.get("/branding").body().path("colors").has("page_background"))
                .isFalse();
        assertThat(api.get("/branding").body().has("logo_url")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"never,[]", "all-applications,[\"all-applications\"]", "confidence-score,[\"confidence-score\"]"})
    void the_policy_is_chosen(String policy, String stored) {
        var page = console.post("/console/settings/factor", "policy", policy);
        assertThat(page.html()).containsPattern("value=\"" + policy + "\" checked");
        assertThat(api.get("/guardian/policies").body().toString()).isEqualTo(stored);
    }

    @Test
    void browsers_are_remembered_for_so_many_hours() {
        assertThat(console.open("/console/settings/factor").html()).contains("value=\"168\"", "value=\"720\"");
        console.post(
                "/console/settings/browsers",
                "remember_me_default_value",
                "true",
                "inactivity",
                "1.5",
                "overall",
                "48");
        var stored = api.get("/guardian/settings").body();
        assertThat(stored.path("display_remember_me_checkbox").asBoolean()).isFalse();
        assertThat(stored.path("remember_me_default_value").asBoolean()).isTrue();
        assertThat(stored.path("mfa_session_inactivity_timeout").asInt()).isEqualTo(5400);
        var refused = console.post("/console/settings/browsers", "inactivity", "72", "overall", "48");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("href=\"#inactivity\"", "value=\"72\"");
    }

    @Test
    void countries_are_permitted() {
        var page = console.post("/console/settings/countries", "mode", "allow", "countries", "de, AT ch");
        assertThat(page.html()).contains("value=\"DE AT CH\"").containsPattern("value=\"allow\" selected");
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                        .status())
                .isEqualTo(400);
        var refused = console.post("/console/settings/countries", "mode", "allow", "countries", "");
        assertThat(refused.html()).contains("Enter at least one country.");
        console.post("/console/settings/countries", "mode", "all");
        assertThat(api.get("/tenants/settings").body().has("country_codes")).isFalse();
    }

    @Test
    void limits_are_set_and_hold() {
        assertThat(console.open("/console/settings/limits").html())
                .contains("name=\"user.at_once\"", "value=\"20000\"", "10 at once, then one more every 6 minutes");
        var limits = new String[] {
            "user.at_once",
            "1",
            "user.per_hour",
            "6",
            "number.at_once",
            "4",
            "number.per_hour",
            "2",
            "address.at_once",
            "50",
            "address.per_hour",
            "60",
            "tenant.at_once",
            "900",
            "tenant.per_hour",
            "700",
            "enrollment_number.at_once",
            "5",
            "enrollment_number.per_hour",
            "1",
            "enrollment_address.at_once",
            "30",
            "enrollment_address.per_hour",
            "40"
        };
        assertThat(console.post("/console/settings/limits", limits).html()).contains("Saved", "value=\"900\"");
        assertThat(api.get("/guardian/factors/phone/limits").body().toString())
                .isEqualTo("{\"user\":{\"at_once\":1,\"per_hour\":6},\"number\":{\"at_once\":4,\"per_hour\":2},"
                        + "\"address\":{\"at_once\":50,\"per_hour\":60},"
                        + "\"enrollment_number\":{\"at_once\":5,\"per_hour\":1},"
                        + "\"enrollment_address\":{\"at_once\":30,\"per_hour\":40},"
                        + "\"tenant\":{\"at_once\":900,\"per_hour\":700}}");
        var login = tenant.mfaToken(tenant.person());
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).status())
                .isEqualTo(200);
        var denied = tenant.associate(login, "sms", TestTenant.newNumber());
        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.whole().headers().firstValueAsLong("Retry-After").orElse(0))
                .isBetween(595L, 605L);

        limits[1] = "0";
        limits[15] = "lots";
        var refused = console.post("/console/settings/limits", limits);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html())
                .contains("href=\"#user-at-once\"", "Must be between 1 and 1000000", "value=\"lots\"");
        assertThat(api.put("/guardian/factors/phone/limits", Map.of())
                        .body()
                        .path("tenant")
                        .path("at_once")
                        .asInt())
                .isEqualTo(20_000);
        assertThat(api.put("/guardian/factors/phone/limits", Map.of("user", Map.of("at_once", 1, "more", 2)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_administrator_sees_what_the_scopes_allow_and_the_refusal_for_the_rest() {
        var limited = Console.of(tenant, Set.of("read:branding", "read:tenant_settings"));
        assertThat(limited.open("/console/settings").html()).contains("name=\"friendly_name\"");
        assertThat(limited.open("/console/settings/branding").html()).contains("name=\"primary\"");
        assertThat(limited.open("/console/settings/factor").html())
                .contains(
                        "Insufficient scope, expected any of: read:mfa_policies",
                        "Insufficient scope, expected any of: read:guardian_factors")
                .doesNotContain("name=\"policy\"");
        assertThat(limited.open("/console/settings/limits").html())
                .contains("Insufficient scope, expected any of: read:attack_protection")
                .doesNotContain("user.at_once");
        var refused = limited.post("/console/settings/tenant", "friendly_name", "Mine");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("Insufficient scope, expected any of: update:tenant_settings");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant?friendly_name=%00",
                "tenant?session_lifetime=1e999999999",
                "tenant?session_lifetime=-1",
                "tenant?default_locale=%3Cscript%3E",
                "tenant?enabled_locales=%00",
                "tenant?allowed_logout_urls=%EF%BF%BF%00",
                "tenant?support_url=javascript:alert(1)",
                "tenant?friendly_name=%FF",
                "branding?primary=red",
                "branding?end=%23000000",
                "branding?background=%00",
                "branding?background=%23000000&end=%23ffffff&angle=999",
                "branding?background=%23000000&end=%23ffffff&angle=x",
                "branding?logo_url=data:x",
                "factor?policy=%00",
                "factor",
                "browsers",
                "browsers?inactivity=x&overall=999999999",
                "countries?mode=some&countries=DE",
                "countries?mode=deny&countries=Germany",
                "countries",
                "nothing"
            })
    void garbage_is_refused(String form) {
        var parts = form.split("[?]", 2);
        var page = console.browser.post("/console/settings/" + parts[0], parts.length > 1 ? parts[1] : "");
        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.html()).startsWith("<!doctype html>");
        assertThat(console.open("/console/settings").status()).isEqualTo(200);
    }

    @Test
    void no_query_puts_anything_but_colours_into_the_stylesheet() {
        var evil = Browser.encode("#000000;}body{display:none");
        var css = console.open("/console/settings/look.css?primary=" + evil + "&background=" + evil + "&end=" + evil
                + "&angle=" + evil);
        assertThat(css.html()).doesNotContain("display");
        assertThat(console.open("/console/settings/look.css?angle=9999999999&background=%23000000&end=%23ffffff")
                        .status())
                .isEqualTo(200);
        assertThat(new Browser(tenant).open("/console/settings/look.css").screen())
                .isEqualTo("login");
    }

    @Test
    void how_long_records_are_kept() {
        var saved = console.post("/console/settings/retention", "message_days", "14", "log_days", "400")
                .html();
        assertThat(saved).contains("Saved", "value=\"14\"", "value=\"400\"");
        assertThat(api.get("/retention").body().toString()).isEqualTo("{\"message_days\":14,\"log_days\":400}");
        var refused = console.post("/console/settings/retention", "message_days", "14", "log_days", "6");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("href=\"#log_days\"", "Must be between 7 and 3650");
    }

    @Test
    void rules_of_who_is_asked_are_added_in_their_place_and_removed() {
        assertThat(console.open("/console/settings").html()).contains("href=\"/console/sign-in-policy\"");
        var at = "/console/sign-in-policy";
        var page = console.post(at + "/add", "ask", "any-factor", "metadata", "groups", "value", "<admins>");
        assertThat(page.html()).contains("Saved.", "app_metadata.groups is or has &lt;admins&gt;");
        page = console.post(at + "/add", "ask", "nothing", "clients", "app", "days", "7", "position", "1");
        assertThat(page.html()).contains("the application is app, and this browser proved no factor for 7 days");
        assertThat(api.get("/guardian/sign-in-policy").body().at("/rules/0/ask").asString())
                .isEqualTo("nothing");
        page = console.post(at + "/add", "ask", "any-factor", "clients", "nobody", "metadata", "kept");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("value=\"kept\"", "nobody");
        var first = api.get("/guardian/sign-in-policy").body().at("/rules/0").toString();
        assertThat(console.post(at + "/remove", "rule", first).html()).contains("Remove this rule?");
        console.post(at + "/remove", "rule", first, "sure", "yes");
        console.post(at + "/remove", "rule", first, "sure", "yes");
        page = console.post(at + "/failed-action", "failed_action", "ask");
        assertThat(page.html()).containsPattern("value=\"ask\" checked");
        assertThat(api.get("/guardian/sign-in-policy").body().toString())
                .isEqualTo(
                        "{\"rules\":[{\"ask\":\"any-factor\",\"clients\":[],\"metadata\":\"groups\",\"value\":\"<admins>\","
                                + "\"new_browser\":false,\"new_country\":false}],\"failed_action\":\"ask\"}");
    }
}
