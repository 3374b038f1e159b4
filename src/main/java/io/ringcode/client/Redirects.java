package io.ringcode.client;

import io.ringcode.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Where a client's users may be sent back to, as it was registered: compared letter by letter (RFC 9700 section 4.1.3). */
@Component
public class Redirects {
    /**
     * @param callbacks after a sign-in
     * @param logoutUrls after a sign-out
     */
    public record Registered(List<String> callbacks, List<String> logoutUrls) {}

    private final JdbcClient db;
    private final ObjectMapper json;

    Redirects(JdbcClient db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    public Optional<Registered> of(TenantId tenant, ClientId client) {
        return db.sql("""
                SELECT callbacks, properties -> 'allowed_logout_urls' AS logout_urls FROM client
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", client.value())
                .query((row, _) -> new Registered(Clients.texts(row, "callbacks"), list(row.getString("logout_urls"))))
                .optional();
    }

    /** What the tenant allows for every client that is not named at sign-out. */
    public List<String> logoutUrlsOfTenant(TenantId tenant) {
        return db.sql("""
                SELECT value -> 'allowed_logout_urls' FROM tenant_setting
                 WHERE tenant_id = :tenant AND name = 'tenants/settings'
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> list(row.getString(1)))
                .optional()
                .orElse(List.of());
    }

    private List<String> list(@org.jspecify.annotations.Nullable String array) {
        if (array == null) return List.of();
        var texts = new ArrayList<String>();
        json.readTree(array).forEach(item -> texts.add(item.asString("")));
        return List.copyOf(texts);
    }
}
