package io.ringcode.log;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record of the log, in the shape of Auth0's.
 *
 * @param sameId the log's id once more: Auth0 has it twice
 * @param userName the e-mail address or the username
 * @param others what else was written down for this type of event
 */
public record LogRecord(
        @JsonProperty("_id") String sameId,
        String logId,
        IsoTime date,
        String type,
        @Nullable String clientId,
        @Nullable String userId,
        @Nullable String userName,
        @Nullable String connection,
        @Nullable String strategy,
        @Nullable String strategyType,
        @JsonProperty("isMobile") boolean mobile,
        @Nullable String ip,
        @Nullable JsonNode details,
        @Nullable String hostname,
        @Nullable String userAgent,
        @Nullable String clientName,
        @Nullable String description,
        @JsonAnyGetter Map<String, JsonNode> others)
        implements JsonAnswer {

    /** What the column {@code data} holds of a record. */
    static final class Data {
        private final Map<String, JsonNode> members = new LinkedHashMap<>();

        Data(JsonNode data) {
            for (var member : data.properties()) members.put(member.getKey(), member.getValue());
        }

        @Nullable
        JsonNode take(String name) {
            return members.remove(name);
        }

        @Nullable
        String text(String name) {
            var value = take(name);
            return value == null ? null : value.asString("");
        }

        Map<String, JsonNode> rest() {
            return members;
        }
    }
}
