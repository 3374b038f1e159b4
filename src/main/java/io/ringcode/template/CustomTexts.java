package io.ringcode.template;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** A tenant's own wording of pages, by prompt and language: screen to key to text. */
@Component
public class CustomTexts {
    private static final TypeReference<Map<String, Map<String, String>>> SCREENS = new TypeReference<>() {};

    private final JdbcClient db;
    private final ObjectMapper json;

    CustomTexts(JdbcClient db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /** @return screen to key to text; empty where nothing was worded anew */
    public Map<String, Map<String, String>> get(TenantId tenant, String prompt, String language) {
        return db.sql("""
                SELECT texts FROM custom_text WHERE tenant_id = :tenant AND prompt = :prompt AND language = :language
                """)
                .param("tenant", tenant.value())
                .param("prompt", prompt)
                .param("language", language)
                .query((row, _) -> json.readValue(row.getString("texts"), SCREENS))
                .optional()
                .orElse(Map.of());
    }

    /** Replaces all of a prompt's texts in one language. */
    public void set(
            TenantId tenant, String prompt, String language, Map<String, Map<String, String>> texts, Instant now) {
        db.sql("""
                INSERT INTO custom_text (tenant_id, prompt, language, texts, updated_at)
                VALUES (:tenant, :prompt, :language, :texts::jsonb, :now)
                ON CONFLICT (tenant_id, prompt, language) DO UPDATE
                   SET texts = excluded.texts, updated_at = excluded.updated_at
                """)
                .param("tenant", tenant.value())
                .param("prompt", prompt)
                .param("language", language)
                .param("texts", json.writeValueAsString(texts))
                .param("now", now.atOffset(UTC))
                .update();
    }
}
