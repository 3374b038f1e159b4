package io.ringcode.client;

import java.util.Set;
import java.util.TreeSet;

/** The scopes of the Management API. */
public final class ManagementScopes {
    /** To make and delete tenants. They open something for clients of the default tenant only. */
    public static final Set<String> OF_OPERATORS = Set.of("create:tenants", "read:tenants", "delete:tenants");

    public static final Set<String> ALL = all();

    private ManagementScopes() {}

    private static Set<String> all() {
        var scopes = new TreeSet<String>();
        for (var resource : new String[] {
            "users",
            "clients",
            "client_credentials",
            "client_grants",
            "connections",
            "resource_servers",
            "hooks",
            "actions",
            "authentication_methods",
            "phone_providers",
            "phone_templates",
            "email_provider"
        }) {
            for (var verb : new String[] {"create", "read", "update", "delete"}) scopes.add(verb + ":" + resource);
        }
        for (var more : new String[] {
            "read:guardian_factors",
            "update:guardian_factors",
            "read:mfa_policies",
            "update:mfa_policies",
            "create:guardian_enrollment_tickets",
            "read:guardian_enrollments",
            "delete:guardian_enrollments",
            "read:tenant_settings",
            "update:tenant_settings",
            "read:logs",
            "read:logs_users",
            "create:log_streams",
            "read:log_streams",
            "update:log_streams",
            "delete:log_streams",
            "read:stats",
            "create:signing_keys",
            "read:signing_keys",
            "update:signing_keys",
            "read:client_keys",
            "update:client_keys",
            "read:prompts",
            "update:prompts",
            "read:branding",
            "update:branding",
            "read:attack_protection",
            "update:attack_protection",
            "create:user_tickets",
            "create:administrators",
            "read:administrators",
            "delete:administrators",
            // of resources that are always empty here
            "read:connection_profiles",
            "read:custom_domains",
            "read:directory_provisionings",
            "read:email_provider",
            "read:email_templates",
            "read:event_streams",
            "read:flows",
            "read:flows_vault_connections",
            "read:forms",
            "read:network_acls",
            "read:organizations",
            "read:rate_limit_policies",
            "read:roles",
            "read:rules",
            "read:rules_configs",
            "read:self_service_profiles",
            "read:token_exchange_profiles",
            "read:user_attribute_profiles"
        }) scopes.add(more);
        scopes.addAll(OF_OPERATORS);
        return Set.copyOf(scopes);
    }
}
