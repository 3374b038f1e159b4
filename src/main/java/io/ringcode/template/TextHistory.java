package io.ringcode.template;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Caller;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The history of texts: what each said before it was changed, by whom and when. The newest fifty of each are kept. */
@Component
public class TextHistory {
    private static final int KEPT = 50;
    private static final String ALL = "*";

    private final JdbcClient db;

    TextHistory(JdbcClient db) {
        this.db = db;
    }

    /**
     * One change.
     *
     * @param before Liquid; null where the default was in force
     * @param user the administrator who made it; null for an application
     */
    public record Version(
            long id,
            @Nullable String before,
            String client,
            @Nullable String user,
            Instant at) {}

    /** @param before null where there was none */
    void add(Caller who, TextKey key, @Nullable String before, Instant now) {
        add(who, key.purpose(), key.channel().wire(), key.language(), before, now);
    }

    /** Of the text for all channels and languages. */
    void addForAll(Caller who, Purpose purpose, @Nullable String before, Instant now) {
        add(who, purpose, ALL, ALL, before, now);
    }

    private void add(
            Caller who, Purpose purpose, String channel, String language, @Nullable String before, Instant now) {
        db.sql("""
                INSERT INTO text_version (tenant_id, purpose, channel, language, before, client_id, user_id, at)
                VALUES (:tenant, :purpose, :channel, :language, :before, :client, :user, :now)
                """)
                .param("tenant", who.tenant().value())
                .param("purpose", purpose.wire())
                .param("channel", channel)
                .param("language", language)
                .param("before", before)
                .param("client", who.client().id().value())
                .param("user", who.administrator())
                .param("now", now.atOffset(UTC))
                .update();
        db.sql("""
                DELETE FROM text_version
                 WHERE tenant_id = :tenant AND purpose = :purpose AND channel = :channel AND language = :language
                   AND id <= (SELECT id FROM text_version
                               WHERE tenant_id = :tenant AND purpose = :purpose AND channel = :channel
                                 AND language = :language
                               ORDER BY id DESC OFFSET :kept LIMIT 1)
                """)
                .param("tenant", who.tenant().value())
                .param("purpose", purpose.wire())
                .param("channel", channel)
                .param("language", language)
                .param("kept", KEPT)
                .update();
    }

    /** The newest first. */
    public List<Version> list(TenantId tenant, TextKey key) {
        return list(tenant, key.purpose(), key.channel().wire(), key.language());
    }

    /** Of the text for all channels and languages. */
    public List<Version> listForAll(TenantId tenant, Purpose purpose) {
        return list(tenant, purpose, ALL, ALL);
    }

    private List<Version> list(TenantId tenant, Purpose purpose, String channel, String language) {
        return db.sql("""
                SELECT id, before, client_id, user_id, at FROM text_version
                 WHERE tenant_id = :tenant AND purpose = :purpose AND channel = :channel AND language = :language
                 ORDER BY id DESC
                """)
                .param("tenant", tenant.value())
                .param("purpose", purpose.wire())
                .param("channel", channel)
                .param("language", language)
                .query((row, _) -> new Version(
                        row.getLong("id"),
                        row.getString("before"),
                        row.getString("client_id"),
                        row.getString("user_id"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
