package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.client.Connection;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Whole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A new connection, a change of one, and through which clients its users may sign in, as the Management API takes them. */
final class ConnectionBodies {
    static final String NAME = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,126}[a-zA-Z0-9])?";

    private ConnectionBodies() {}

    record New(
            @Matches(NAME) String name,
            @OneOf(Connection.DATABASE) String strategy,
            @JsonUnwrapped Change change) implements JsonBody {}

    record Change(
            @Nullable ObjectNode options,
            @Nullable @Items(max = 10_000) List<String> enabledClients,
            @JsonUnwrapped Kept kept)
            implements JsonBody {
        Change {
            // Options are kept and shown as they are, so they must hold no secret.
            if (options != null)
                for (var name : List.of("configuration", "customScripts")) refuse(name, options.get(name));
        }

        private static void refuse(String option, @Nullable JsonNode value) {
            if (value == null) return;
            if (!value.isObject()) throw InvalidBody.on("options." + option, "Expected type object");
            if (!value.isEmpty()) throw InvalidBody.on("options." + option, "This server runs no database scripts");
        }
    }

    /** Given back as they were sent; null too. */
    record Kept(
            @Nullable JsonNode isDomainConnection,
            @Nullable JsonNode showAsButton,
            @Nullable JsonNode realms,
            @Nullable JsonNode metadata,
            @Nullable JsonNode displayName,
            @Nullable JsonNode authentication,
            @Nullable JsonNode connectedAccounts)
            implements JsonBody {}

    record Enabling(@Whole @Items(max = 50) List<EnabledOrNot> clients) implements JsonBody {}

    record EnabledOrNot(String clientId, boolean status) {}
}
