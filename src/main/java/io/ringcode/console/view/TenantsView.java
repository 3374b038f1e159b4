package io.ringcode.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the page of the installation's tenants shows. */
public interface TenantsView {
    /**
     * @param tenants name, domain and when they were created
     * @param form of a new one
     * @param made a new one with its client's secret, shown this once; null for none
     */
    record Tenants(
            PageFrame shell,
            List<JsonNode> tenants,
            Form form,
            @Nullable JsonNode made) implements View {}
}
