package io.ringcode.tenant;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Settings as a tenant has stored them, without a server. */
public final class StoredSettings {
    private StoredSettings() {}

    /** @param stored records of the modules, by the names of their settings */
    public static TenantSettings of(Map<String, Object> stored) {
        var json = JsonMapper.builder().build();
        return new TenantSettings(
                new TenantId("stored"),
                stored.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> json.valueToTree(one.getValue()))),
                json);
    }
}
