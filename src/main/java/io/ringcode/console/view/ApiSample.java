package io.ringcode.console.view;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * A call of the Management API that does what a page of the console does, as a command to paste.
 *
 * @param path below {@code /api/v2/}, with a query
 * @param scope that the token requires
 * @param body as JSON; empty for none
 */
public record ApiSample(String method, String path, String scope, String body) {
    private static final String FACTORS = "guardian/factors/";
    private static final String PHONE = FACTORS + "phone/";
    private static final String UPDATE_FACTORS = "update:guardian_factors";
    private static final String UPDATE_TENANT = "update:tenant_settings";
    private static final String ON = "{\"enabled\": true}";

    /** By the rooms of {@link Navigation}. */
    private static final Map<String, List<ApiSample>> SAMPLES = Map.ofEntries(
            entry("overview", List.of(get(PHONE + "figures?days=30", "read:stats"))),
            entry(
                    "phone",
                    List.of(
                            put(FACTORS + "sms", UPDATE_FACTORS, ON),
                            put(PHONE + "message-types", UPDATE_FACTORS, "{\"message_types\": [\"sms\", \"voice\"]}"))),
            entry(
                    "templates",
                    List.of(put(
                            PHONE + "texts/verification/sms/de",
                            UPDATE_FACTORS,
                            "{\"text\": \"{{ code }} ist Ihr Code.\"}"))),
            entry(
                    "routes",
                    List.of(
                            put(
                                    PHONE + "routes",
                                    UPDATE_FACTORS,
                                    "{\"routes\": [{\"channel\": \"sms\", \"countries\": [\"DE\"], \"prefixes\": [], \"providers\": [\"twilio\"]}]}"))),
            entry("hooks", List.of(get("hooks", "read:hooks"))),
            entry("fraud", List.of(get(PHONE + "fraud/scopes", "read:attack_protection"))),
            entry("limits", List.of(get(PHONE + "fraud/budgets", "read:attack_protection"))),
            entry("messages", List.of(get(PHONE + "messages?take=10", "read:logs"))),
            entry("log", List.of(get("logs?q=type:gd_send_sms&per_page=10", "read:logs"))),
            entry(
                    "streams",
                    List.of(
                            new ApiSample(
                                    "POST",
                                    "log-streams",
                                    "create:log_streams",
                                    "{\"name\": \"Collector\", \"type\": \"http\", \"sink\": {\"httpEndpoint\": \"https://logs.example.com/ringcode\"}}"))),
            entry("users", List.of(get("users-by-email?email=ada@example.com", "read:users"))),
            entry("administrators", List.of(get("administrators", "read:administrators"))),
            entry(
                    "clients",
                    List.of(
                            new ApiSample(
                                    "POST",
                                    "clients",
                                    "create:clients",
                                    "{\"name\": \"My application\", \"app_type\": \"spa\", \"callbacks\": [\"https://app.example.com/callback\"]}"))),
            entry("keys", List.of(get("client-grants", "read:client_grants"))),
            entry(
                    "settings",
                    List.of(new ApiSample(
                            "PATCH", "tenants/settings", UPDATE_TENANT, "{\"friendly_name\": \"Acme\"}"))),
            entry(
                    "branding",
                    List.of(new ApiSample(
                            "PATCH", "branding", "update:branding", "{\"colors\": {\"primary\": \"#1f4f46\"}}"))),
            entry(
                    "texts",
                    List.of(put(
                            "prompts/login/custom-text/en",
                            "update:prompts",
                            "{\"login\": {\"title\": \"Welcome\"}}"))),
            entry(
                    "factor",
                    List.of(
                            put(FACTORS + "otp", UPDATE_FACTORS, ON),
                            put("guardian/policies", "update:mfa_policies", "[\"all-applications\"]"))),
            entry(
                    "asked",
                    List.of(
                            put(
                                    "guardian/sign-in-policy",
                                    "update:mfa_policies",
                                    "{\"rules\": [{\"ask\": \"any-factor\", \"new_browser\": true}], \"failed_action\": \"deny\"}"))),
            entry(
                    "actions",
                    List.of(
                            new ApiSample(
                                    "POST",
                                    "actions/actions",
                                    "create:actions",
                                    "{\"name\": \"My action\", \"supported_triggers\": [{\"id\": \"post-login\"}], \"code\": \"exports.onExecutePostLogin = async (event, api) => {};\"}"))),
            entry("passkeys", List.of(put(FACTORS + "webauthn-roaming", UPDATE_FACTORS, ON))),
            entry("mail", List.of(put("guardian/notices", UPDATE_FACTORS, "{\"off\": [\"loss-reported\"]}"))),
            entry(
                    "countries",
                    List.of(new ApiSample(
                            "PATCH",
                            "tenants/settings",
                            UPDATE_TENANT,
                            "{\"country_codes\": {\"mode\": \"allow\", \"list\": [\"AT\", \"CH\", \"DE\"]}}"))),
            entry(
                    "sending",
                    List.of(put(
                            PHONE + "limits",
                            "update:attack_protection",
                            "{\"user\": {\"at_once\": 10, \"per_hour\": 10}}"))),
            entry("conformance", List.of(get("conformance", "read:tenant_settings"))));

    private static ApiSample get(String path, String scope) {
        return new ApiSample("GET", path, scope, "");
    }

    private static ApiSample put(String path, String scope, String body) {
        return new ApiSample("PUT", path, scope, body);
    }

    /** Empty for a page that belongs to no room. */
    static List<ApiSample> of(String room) {
        return SAMPLES.getOrDefault(room, List.of());
    }

    /** @param issuer the server's address, with a slash at its end */
    public String curl(String issuer) {
        var verb = method.equals("GET") ? "" : "-X " + method + " ";
        var call =
                "curl -s " + verb + "\"" + issuer + "api/v2/" + path + "\" \\\n  -H \"Authorization: Bearer $TOKEN\"";
        return body.isEmpty() ? call : call + " -H 'Content-Type: application/json' \\\n  -d '" + body + "'";
    }
}
