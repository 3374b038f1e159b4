package io.ringcode.delivery.builtin;

import static java.time.ZoneOffset.UTC;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The inbox of the built-in provider's messages. They are kept for a day; numbers and texts are sealed. */
@Component
public class Inbox {
    private final JdbcClient db;
    private final Sealer sealer;
    private final KeyedHash numbers;

    public Inbox(JdbcClient db, Keyring keys) {
        this.db = db;
        this.sealer = keys.sealer("inbox");
        this.numbers = keys.hash("inbox-number");
    }

    public void put(TenantId tenant, PhoneNumber to, Channel channel, String text, Instant at) {
        var id = UUID.randomUUID();
        db.sql("""
                INSERT INTO inbox (tenant_id, id, to_sealed, to_index, channel, text_sealed, at)
                VALUES (:tenant, :id, :to, :index, :channel, :text, :at)
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("to", sealer.seal(to.e164(), tenant.value(), id.toString(), "to"))
                .param("index", numbers.index(tenant.value(), to.e164()))
                .param("channel", channel.wire())
                .param("text", sealer.seal(text, tenant.value(), id.toString(), "text"))
                .param("at", at.atOffset(UTC))
                .update();
    }

    /** @param to only that number's messages; null: everybody's */
    public List<InboxMessage> newestFirst(TenantId tenant, @Nullable PhoneNumber to, int limit) {
        return db.sql("""
                SELECT id, to_sealed, channel, text_sealed, at
                  FROM inbox
                 WHERE tenant_id = :tenant AND (:index::bytea IS NULL OR to_index = :index)
                 ORDER BY at DESC LIMIT :limit
                """)
                .param("tenant", tenant.value())
                .param("index", to == null ? null : numbers.index(tenant.value(), to.e164()))
                .param("limit", limit)
                .query((row, _) -> {
                    var id = row.getString("id");
                    return new InboxMessage(
                            PhoneNumber.stored(sealer.openOwn(row.getBytes("to_sealed"), tenant.value(), id, "to")),
                            Channel.of(row.getString("channel")).orElseThrow(),
                            sealer.openOwn(row.getBytes("text_sealed"), tenant.value(), id, "text"),
                            row.getObject("at", OffsetDateTime.class).toInstant());
                })
                .list();
    }
}
