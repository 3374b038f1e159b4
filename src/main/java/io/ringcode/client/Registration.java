package io.ringcode.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A client as an administrator has registered it.
 *
 * @param properties what the server keeps for the administrator's tools and does not look into
 */
public record Registration(
        ClientId id,
        String name,
        AuthMethod authMethod,
        List<String> grantTypes,
        List<String> callbacks,
        List<String> webOrigins,
        Map<String, JsonNode> properties,
        Instant createdAt,
        Instant updatedAt) {}
