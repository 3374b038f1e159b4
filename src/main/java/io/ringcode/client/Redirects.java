package io.ringcode.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Where a client's users may be sent back to, as it was registered: compared letter by letter (RFC 9700 section 4.1.3). */
@Component
public class Redirects {
    /**
     * @param callbacks after a sign-in
     * @param logoutUrls after a sign-out
     */
    public record Registered(List<String> callbacks, List<String> logoutUrls) {}

    private final JdbcClient db;
    private final Tenants tenants;
    private final ObjectMapper json;

    Redirects(JdbcClient db, Tenants tenants, ObjectMapper json) {
        this.db = db;
        this.tenants = tenants;
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

    /** What the tenant allows for every client that is not named at sign-out: a part of its general settings. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfTenant(@Nullable List<String> allowedLogoutUrls) {
        static final OfTenant UNSET = new OfTenant(null);
    }

    public List<String> logoutUrlsOfTenant(TenantId tenant) {
        var urls = tenants.settings(tenant)
                .get(TenantProfile.SETTING, OfTenant.class, OfTenant.UNSET)
                .allowedLogoutUrls();
        return urls == null ? List.of() : List.copyOf(urls);
    }

    private List<String> list(@Nullable String array) {
        if (array == null) return List.of();
        var texts = new ArrayList<String>();
        json.readTree(array).forEach(item -> texts.add(item.asString("")));
        return List.copyOf(texts);
    }
}
