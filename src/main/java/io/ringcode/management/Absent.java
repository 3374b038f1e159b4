package io.ringcode.management;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * A resource of Auth0's Management API that Ringcode does not have, and that the deploy tool asks for when it exports
 * everything. It answers as the tenant of somebody who never used it: this table is all there is.
 *
 * @param path below {@code /api/v2}
 * @param answer what an empty tenant says
 */
record Absent(String path, String scope, Emptiness answer) {
    /** In one of the shapes that lists and objects have. */
    sealed interface Emptiness {
        /** A list by page, under this name where totals are asked for. */
        record Page(String name) implements Emptiness {}

        /** A list by checkpoint, always under its name. */
        record Walk(String name) implements Emptiness {}

        /** A list that is never wrapped. */
        record Bare() implements Emptiness {}

        record Settings(Map<String, Object> members) implements Emptiness {}

        record Missing(String sentence) implements Emptiness {}
    }

    static final List<Absent> ALL = List.of(
            page("rules", "rules", "rules"),
            bare("rules-configs", "rules_configs"),
            page("roles", "roles", "roles"),
            walk("organizations", "organizations", "organizations"),
            walk("connections-directory-provisionings", "directory_provisionings", "directory_provisionings"),
            walk("connection-profiles", "connection_profiles", "connection_profiles"),
            walk("user-attribute-profiles", "user_attribute_profiles", "user_attribute_profiles"),
            walk("token-exchange-profiles", "token_exchange_profiles", "token_exchange_profiles"),
            walk("rate-limit-policies", "rate_limit_policies", "rate_limit_policies"),
            walk("event-streams", "event_streams", "eventStreams"),
            page("self-service-profiles", "self_service_profiles", "self_service_profiles"),
            page("network-acls", "network_acls", "network_acls"),
            page("forms", "forms", "forms"),
            page("flows", "flows", "flows"),
            page("flows/vault/connections", "flows_vault_connections", "connections"),
            bare("log-streams", "log_streams"),
            bare("custom-domains", "custom_domains"),
            missing("emails/provider", "email_provider", "There is not a configured email provider"),
            missing("email-templates/{name}", "email_templates", "The template does not exist"),
            missing("branding/themes/default", "branding", "There was an error retrieving branding settings: no theme"),
            page("prompts/rendering", "prompts", "configs"),
            settings("prompts/{prompt}/partials", "prompts", Map.of()),
            settings("guardian/factors/push-notification/providers/sns", "guardian_factors", Map.of()),
            settings("supplemental-signals", "attack_protection", Map.of("akamai_enabled", false)),
            settings("risk-assessments/settings", "attack_protection", Map.of("enabled", false)),
            settings("risk-assessments/settings/new-device", "attack_protection", Map.of("remember_for", 0)),
            settings(
                    "attack-protection/breached-password-detection",
                    "attack_protection",
                    Map.of(
                            "enabled",
                            false,
                            "shields",
                            List.of(),
                            "admin_notification_frequency",
                            List.of(),
                            "method",
                            "standard")),
            settings(
                    "attack-protection/brute-force-protection",
                    "attack_protection",
                    Map.of(
                            "enabled",
                            false,
                            "shields",
                            List.of(),
                            "allowlist",
                            List.of(),
                            "mode",
                            "count_per_identifier_and_ip",
                            "max_attempts",
                            10)),
            settings(
                    "attack-protection/suspicious-ip-throttling",
                    "attack_protection",
                    Map.of("enabled", false, "shields", List.of(), "allowlist", List.of())),
            settings(
                    "attack-protection/bot-detection",
                    "attack_protection",
                    Map.of("challenge_password_policy", "never", "allowlist", List.of())),
            settings("attack-protection/captcha", "attack_protection", Map.of("active_provider_id", "")));

    @ResponseBody
    Object get(Paging paging) {
        return switch (answer) {
            case Emptiness.Page(var name) -> paging.page(name, List.of(), 0);
            case Emptiness.Walk(var name) -> Map.of(name, List.of());
            case Emptiness.Bare() -> List.of();
            case Emptiness.Settings(var members) -> members;
            case Emptiness.Missing(var sentence) -> throw ManagementRefused.missing(null, sentence);
        };
    }

    private static Absent page(String path, String what, String name) {
        return new Absent(path, "read:" + what, new Emptiness.Page(name));
    }

    private static Absent walk(String path, String what, String name) {
        return new Absent(path, "read:" + what, new Emptiness.Walk(name));
    }

    private static Absent bare(String path, String what) {
        return new Absent(path, "read:" + what, new Emptiness.Bare());
    }

    private static Absent settings(String path, String what, Map<String, Object> members) {
        return new Absent(path, "read:" + what, new Emptiness.Settings(members));
    }

    private static Absent missing(String path, String what, String sentence) {
        return new Absent(path, "read:" + what, new Emptiness.Missing(sentence));
    }
}
