package io.ringcode.console.client;

import io.ringcode.client.ManagementScopes;
import io.ringcode.console.view.ClientView.Group;
import io.ringcode.console.view.ClientView.Scope;
import io.ringcode.console.view.ClientView.Scopes;
import io.ringcode.console.view.Visitor;
import io.ringcode.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The scopes of a form in groups, and the buttons that tick many at once. */
final class ScopeChoice {
    private record Area(String title, Set<String> resources) {}

    private static final List<Area> AREAS = List.of(
            new Area(
                    "Users",
                    Set.of(
                            "users",
                            "user_tickets",
                            "authentication_methods",
                            "guardian_enrollments",
                            "guardian_enrollment_tickets")),
            new Area(
                    "Second factor and messages",
                    Set.of(
                            "guardian_factors",
                            "mfa_policies",
                            "phone_providers",
                            "phone_templates",
                            "hooks",
                            "actions")),
            new Area(
                    "Applications and APIs",
                    Set.of(
                            "clients",
                            "client_keys",
                            "client_credentials",
                            "client_grants",
                            "connections",
                            "resource_servers")),
            new Area("Tenant", Set.of("tenant_settings", "branding", "prompts", "attack_protection", "administrators")),
            new Area("Log", Set.of("logs", "logs_users", "stats")),
            new Area("All tenants of the server", Set.of("tenants")));

    private ScopeChoice() {}

    /** @param granted those that are there already, which are always shown */
    static Scopes ofManagement(Visitor giver, Collection<String> granted, Collection<String> ticked) {
        var tenant = giver.tenant();
        var may = giver.caller().scopes();
        var offered = new TreeSet<>(ManagementScopes.ALL);
        // They open something for clients of the default tenant only.
        if (!tenant.equals(TenantId.DEFAULT)) offered.removeAll(ManagementScopes.OF_OPERATORS);
        offered.addAll(granted);
        var groups = new ArrayList<Group>();
        for (var area : AREAS) {
            var own = offered.stream()
                    .filter(scope -> area.resources().contains(resource(scope)))
                    .collect(Collectors.toCollection(TreeSet::new));
            offered.removeAll(own);
            if (!own.isEmpty()) groups.add(group(area.title(), own, may));
        }
        if (!offered.isEmpty()) groups.add(group("Always empty on this server", offered, may));
        return new Scopes(groups, Set.copyOf(ticked));
    }

    /** @param api as the Management API shows it */
    static Scopes of(JsonNode api, Collection<String> ticked) {
        var scopes = api.path("scopes")
                .valueStream()
                .map(scope -> new Scope(
                        scope.path("value").asString(""),
                        scope.path("description").asString("")))
                .toList();
        return new Scopes(scopes.isEmpty() ? List.of() : List.of(new Group("Scopes", scopes)), Set.copyOf(ticked));
    }

    /** What is ticked after a press of {@code all}, {@code reading} or {@code none}. */
    static Scopes ticked(Scopes scopes, String press) {
        var ticked = scopes.groups().stream()
                .flatMap(group -> group.scopes().stream())
                .map(Scope::value)
                .filter(scope -> press.equals("all") || (press.equals("reading") && scope.startsWith("read:")))
                .collect(Collectors.toUnmodifiableSet());
        return new Scopes(scopes.groups(), ticked);
    }

    /** @param may what the giver holds: a grant of more is the giver's right, and worth a warning */
    private static Group group(String title, Set<String> scopes, Set<String> may) {
        return new Group(
                title,
                scopes.stream()
                        .sorted(Comparator.comparing(ScopeChoice::resource).thenComparing(scope -> scope))
                        .map(scope ->
                                new Scope(scope, may.contains(scope) ? "" : "Warning: exceeds your own permissions"))
                        .toList());
    }

    private static String resource(String scope) {
        return scope.substring(scope.indexOf(':') + 1);
    }
}
