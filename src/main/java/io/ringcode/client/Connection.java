package io.ringcode.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A directory that users live in.
 *
 * @param strategy {@code auth0}: a database of users and passwords; others are kept and shown, and no one signs in by them
 * @param options as the administrator set them
 * @param enabledClients whose users may sign in from it
 */
public record Connection(
        String id,
        String name,
        String strategy,
        Map<String, JsonNode> options,
        Map<String, JsonNode> properties,
        List<String> enabledClients,
        Instant createdAt) {
    public static final String DATABASE = "auth0";
}
