package io.ringcode.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What an administrator set for one tenant, as it stood a moment ago. Each module owns the record that its setting is
 * read into; this class only finds and keeps it.
 */
public final class TenantSettings {
    private final TenantId tenant;
    private final Map<String, JsonNode> stored;
    private final ObjectMapper json;
    private final Map<Reading, Object> read = new ConcurrentHashMap<>();

    /** One resource may be read into several records, each the part that its module needs. */
    private record Reading(String name, Class<?> type) {}

    TenantSettings(TenantId tenant, Map<String, JsonNode> stored, ObjectMapper json) {
        this.tenant = tenant;
        this.stored = stored;
        this.json = json;
    }

    public TenantId tenant() {
        return tenant;
    }

    /** @return the setting of that name, or {@code unset} where nobody has set it */
    public <T> T get(String name, Class<T> type, T unset) {
        var value = stored.get(name);
        return value == null
                ? unset
                : type.cast(read.computeIfAbsent(new Reading(name, type), _ -> json.treeToValue(value, type)));
    }
}
