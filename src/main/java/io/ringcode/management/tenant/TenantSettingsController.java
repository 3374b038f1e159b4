package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.management.json.StoredSchema;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant's general settings. Ringcode reads the name, the languages, the flags that its own work depends on; the rest is
 * kept, so that a tenant's file reads back as it was written. Lifetimes may be written in minutes and are shown in hours.
 */
@RestController
@RequestMapping("/api/v2/tenants/settings")
class TenantSettingsController {
    private static final Pattern ANY = Pattern.compile("(?s).{1,2000}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");
    private static final List<String> LIFETIMES = List.of(
            "session_lifetime",
            "idle_session_lifetime",
            "ephemeral_session_lifetime",
            "idle_ephemeral_session_lifetime");
    private static final int YEAR_IN_MINUTES = 525_600;

    private static final StoredSchema FLAGS = new StoredSchema()
            .flags(
                    "allow_changing_enable_sso",
                    "allow_legacy_delegation_grant_types",
                    "allow_legacy_ro_grant_types",
                    "allow_legacy_tokeninfo_endpoint",
                    "change_pwd_flow_v1",
                    "custom_domains_provisioning",
                    "dashboard_insights_view",
                    "dashboard_log_streams_next",
                    "disable_clickjack_protection_headers",
                    "disable_fields_map_fix",
                    "disable_impersonation",
                    "disable_management_api_sms_obfuscation",
                    "enable_adfs_waad_email_verification",
                    "enable_apis_section",
                    "enable_client_connections",
                    "enable_custom_domain_in_emails",
                    "enable_dynamic_client_registration",
                    "enable_idtoken_api2",
                    "enable_legacy_profile",
                    "enable_pipeline2",
                    "enable_public_signup_user_exists_error",
                    "enable_sso",
                    "enforce_client_authentication_on_passwordless_start",
                    "genai_trial",
                    "improved_signup_bot_detection_in_classic",
                    "local_resource_discovery",
                    "mfa_show_factor_list_on_enrollment",
                    "no_disclose_enterprise_connections",
                    "remove_alg_from_jwks",
                    "require_pushed_authorization_requests",
                    "revoke_refresh_token_grant",
                    "trust_azure_adfs_email_verified_connection_property",
                    "use_scope_descriptions_for_consent");

    private static final StoredSchema PAGE = new StoredSchema().flags("enabled").text("html", 30_000);

    private static final StoredSchema SCHEMA = new StoredSchema()
            .text("friendly_name", 150)
            .text("picture_url", StoredSchema.URL)
            .text("support_email", MAIL)
            .text("support_url", StoredSchema.URL)
            .texts("enabled_locales", 100, StoredSchema.LANGUAGE)
            .object("flags", FLAGS)
            .text("default_audience", 600)
            .text("default_directory", 128)
            .text("default_redirection_uri", StoredSchema.URL)
            .texts("allowed_logout_urls", 100, ANY)
            .hours("session_lifetime")
            .hours("idle_session_lifetime")
            .hours("ephemeral_session_lifetime")
            .hours("idle_ephemeral_session_lifetime")
            .choice("sandbox_version", "12", "16", "18", "22")
            .choice("legacy_sandbox_version", "12", "16", "18", "22")
            .object("change_password", PAGE)
            .object("guardian_mfa_page", PAGE)
            .object(
                    "error_page",
                    new StoredSchema()
                            .text("html", 30_000)
                            .flags("show_log_link")
                            .text("url", StoredSchema.URL))
            .object(
                    "device_flow",
                    new StoredSchema().choice("charset", "base20", "digits").text("mask", 20))
            .object("session_cookie", new StoredSchema().choice("mode", "persistent", "non-persistent"))
            .object("sessions", new StoredSchema().flags("oidc_logout_prompt_enabled"))
            .object("oidc_logout", new StoredSchema().flags("rp_logout_end_session_endpoint_discovery"))
            .object("mtls", new StoredSchema().flags("enable_endpoint_aliases"))
            .object(
                    "country_codes",
                    new StoredSchema().texts("list", 300, COUNTRY).choice("mode", "allow", "deny"))
            .texts("acr_values_supported", 20, ANY)
            .choice("resource_parameter_profile", "audience", "compatibility")
            .choice("dynamic_client_registration_security_mode", "strict", "permissive")
            .flags(
                    "allow_organization_name_in_authentication_api",
                    "authorization_response_iss_parameter_supported",
                    "client_id_metadata_document_supported",
                    "customize_mfa_in_postlogin_action",
                    "enable_ai_guide",
                    "include_session_metadata_in_tenant_logs",
                    "phone_consolidated_experience",
                    "pushed_authorization_requests_supported",
                    "skip_non_verifiable_callback_uri_confirmation_prompt");

    private final Tenants tenants;
    private final Changes changes;
    private final ObjectMapper json;

    TenantSettingsController(Tenants tenants, Changes changes, ObjectMapper json) {
        this.tenants = tenants;
        this.changes = changes;
        this.json = json;
    }

    @GetMapping
    @RequiresScope("read:tenant_settings")
    Map<String, Object> settings(Caller caller, Paging paging) {
        return paging.select(shown(caller));
    }

    /** Changes what is given, and answers the whole. */
    @PatchMapping
    @RequiresScope("update:tenant_settings")
    Map<String, Object> update(Caller caller, Body body) {
        var change = body.with(inHours(body), minutes());
        SCHEMA.check(change);
        if (change.has("country_codes") && !change.isNull("country_codes")) {
            var countries = change.object("country_codes");
            // Nobody could be sent anything, and no administrator means that.
            if (countries.texts("list", 300).isEmpty() && countries.text("mode").equals("allow"))
                throw ManagementRefused.body("country_codes.list", "Must name a country where only these are allowed");
            countries.text("mode");
        }
        changes.set(
                caller,
                TenantProfile.SETTING,
                () -> tenants.update(
                        caller.tenant(),
                        TenantProfile.SETTING,
                        ObjectNode.class,
                        json.createObjectNode(),
                        stored -> SCHEMA.changed(stored, change)));
        return shown(caller);
    }

    private Map<String, Object> shown(Caller caller) {
        var stored =
                tenants.settings(caller.tenant()).get(TenantProfile.SETTING, ObjectNode.class, json.createObjectNode());
        var shown = new ResponseObject()
                .put("session_lifetime", 168)
                .put("idle_session_lifetime", 72)
                .put("sandbox_version", "22")
                .put("flags", Map.of());
        for (var member : stored.properties())
            shown.put(member.getKey(), member.getValue().isNull() ? null : member.getValue());
        return shown.put("sandbox_versions_available", List.of("22", "18", "16", "12"))
                .members();
    }

    private static Set<String> minutes() {
        return Set.copyOf(LIFETIMES.stream().map(name -> name + "_in_minutes").toList());
    }

    private ObjectNode inHours(Body body) {
        var hours = json.createObjectNode();
        for (var name : LIFETIMES) {
            var minutes = name + "_in_minutes";
            if (!body.anyObject().has(minutes)) continue;
            if (body.has(name)) throw ManagementRefused.body(minutes, "Cannot be there together with " + name);
            hours.put(name, hours(body.number(minutes, 1, YEAR_IN_MINUTES)));
        }
        return hours;
    }

    private static BigDecimal hours(int minutes) {
        var hours = BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(60), 4, RoundingMode.HALF_UP);
        return hours.stripTrailingZeros().scale() <= 0
                ? hours.setScale(0, RoundingMode.UNNECESSARY)
                : hours.stripTrailingZeros();
    }
}
