package io.ringcode.management.client;

import io.ringcode.client.Apis;
import io.ringcode.client.ResourceServer;
import io.ringcode.client.ResourceServer.Scope;
import io.ringcode.json.InvalidBody;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The My Account API as an administrator activates it: what of it can be chosen, and what cannot. */
final class MyAccountApi {
    private static final String AUTHORIZATION = "subject_type_authorization";
    private static final Set<String> USER_POLICIES = Set.of("require_client_grant", "allow_all");

    private MyAccountApi() {}

    static boolean is(ResourceServer api) {
        return api.identifier().equals(Apis.MY_ACCOUNT);
    }

    /** Another API as it is; this one with its own scopes, and with policies that it can have. */
    static ResourceServer fitted(ResourceServer wanted) {
        if (!is(wanted)) return wanted;
        var properties = new LinkedHashMap<>(wanted.properties());
        properties.put(AUTHORIZATION, authorization(properties.get(AUTHORIZATION)));
        var unnamed = wanted.name().equals(Apis.MY_ACCOUNT);
        return new ResourceServer(
                wanted.id(),
                wanted.identifier(),
                unnamed ? "Auth0 My Account API" : wanted.name(),
                new TreeSet<>(Apis.MY_ACCOUNT_SCOPES)
                        .stream().map(scope -> new Scope(scope, "")).toList(),
                wanted.tokenLifetime(),
                properties);
    }

    private static JsonNode authorization(@Nullable JsonNode wanted) {
        var nodes = JsonNodeFactory.instance;
        var asked = wanted == null ? nodes.objectNode() : wanted;
        var user = asked.path("user").path("policy").asString("require_client_grant");
        if (!USER_POLICIES.contains(user))
            throw InvalidBody.on(AUTHORIZATION, "Its user.policy is require_client_grant or allow_all");
        if (!asked.path("client").path("policy").asString("deny_all").equals("deny_all"))
            throw InvalidBody.on(AUTHORIZATION, "Its client.policy is deny_all: a client has no account of its own");
        var both = nodes.objectNode();
        both.putObject("user").put("policy", user);
        both.putObject("client").put("policy", "deny_all");
        return both;
    }
}
