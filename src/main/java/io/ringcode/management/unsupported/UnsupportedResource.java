package io.ringcode.management.unsupported;

import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * An unsupported resource: one of Auth0's Management API that Ringcode does not have, and that the deploy tool reads when it
 * exports everything. It answers as on a tenant that never used it.
 *
 * @param path below {@code /api/v2}
 * @param answer what an empty tenant says
 */
public record UnsupportedResource(String path, String scope, EmptyAnswer answer) {
    /** The empty answer, in one of the shapes that lists and objects have. */
    public sealed interface EmptyAnswer {
        /** A list by page, under this name where totals are asked for. */
        record Page(String name) implements EmptyAnswer {}

        /** A list by checkpoint, always under its name. */
        record Checkpoint(String name) implements EmptyAnswer {}

        /** A list that is never wrapped. */
        record Bare() implements EmptyAnswer {}

        record Settings(Map<String, Object> members) implements EmptyAnswer {}

        record Missing(String sentence) implements EmptyAnswer {}
    }

    public static final List<UnsupportedResource> ALL = List.of(
            page("rules", "rules", "rules"),
            bare("rules-configs", "rules_configs"),
            page("roles", "roles", "roles"),
            checkpoint("organizations", "organizations", "organizations"),
            checkpoint("connections-directory-provisionings", "directory_provisionings", "directory_provisionings"),
            checkpoint("connection-profiles", "connection_profiles", "connection_profiles"),
            checkpoint("user-attribute-profiles", "user_attribute_profiles", "user_attribute_profiles"),
            checkpoint("token-exchange-profiles", "token_exchange_profiles", "token_exchange_profiles"),
            checkpoint("rate-limit-policies", "rate_limit_policies", "rate_limit_policies"),
            checkpoint("event-streams", "event_streams", "eventStreams"),
            page("self-service-profiles", "self_service_profiles", "self_service_profiles"),
            page("network-acls", "network_acls", "network_acls"),
            page("forms", "forms", "forms"),
            page("flows", "flows", "flows"),
            page("flows/vault/connections", "flows_vault_connections", "connections"),
            bare("custom-domains", "custom_domains"),
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
            case EmptyAnswer.Page(var name) -> paging.page(name, List.of(), 0);
            case EmptyAnswer.Checkpoint(var name) -> Map.of(name, List.of());
            case EmptyAnswer.Bare() -> List.of();
            case EmptyAnswer.Settings(var members) -> members;
            case EmptyAnswer.Missing(var sentence) -> throw ManagementRefused.missing(null, sentence);
        };
    }

    private static UnsupportedResource page(String path, String what, String name) {
        return new UnsupportedResource(path, "read:" + what, new EmptyAnswer.Page(name));
    }

    private static UnsupportedResource checkpoint(String path, String what, String name) {
        return new UnsupportedResource(path, "read:" + what, new EmptyAnswer.Checkpoint(name));
    }

    private static UnsupportedResource bare(String path, String what) {
        return new UnsupportedResource(path, "read:" + what, new EmptyAnswer.Bare());
    }

    private static UnsupportedResource settings(String path, String what, Map<String, Object> members) {
        return new UnsupportedResource(path, "read:" + what, new EmptyAnswer.Settings(members));
    }

    private static UnsupportedResource missing(String path, String what, String sentence) {
        return new UnsupportedResource(path, "read:" + what, new EmptyAnswer.Missing(sentence));
    }
}
