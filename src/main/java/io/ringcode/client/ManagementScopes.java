package io.ringcode.client;

import java.util.Set;
import java.util.TreeSet;

/** The scopes of the Management API. */
public final class ManagementScopes {
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
            "phone_templates"
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
            "read:stats",
            "read:client_keys",
            "update:client_keys",
            "read:prompts",
            "update:prompts",
            "read:branding",
            "update:branding",
            "read:attack_protection",
            "update:attack_protection",
            "create:user_tickets"
        }) scopes.add(more);
        return Set.copyOf(scopes);
    }
}
