package io.ringcode.client;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a client may ask of an API for itself.
 *
 * @param audience as {@link Apis} knows it: the tenant's own APIs without their origin
 * @param properties what is kept and shown without being looked into
 */
public record ClientGrant(
        String id, ClientId client, String audience, List<String> scopes, Map<String, JsonNode> properties) {}
