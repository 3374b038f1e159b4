package io.ringcode.client;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An API as an administrator has registered it.
 *
 * @param tokenLifetime seconds
 * @param properties what is kept and shown without being looked into
 */
public record ResourceServer(
        String id,
        String identifier,
        String name,
        List<Scope> scopes,
        int tokenLifetime,
        Map<String, JsonNode> properties) {

    /** @param description may be empty */
    public record Scope(String value, String description) {}
}
