package io.ringcode.mail;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The table {@code mail}. Addresses and texts are sealed. */
@Component
class MailTable {
    /** So many of one tenant are taken at a time, so that one with a slow server does not hold up the others. */
    private static final int OF_ONE_TENANT = 4;

    private static final Logger log = LoggerFactory.getLogger(MailTable.class);

    private final JdbcClient db;
    private final Sealer sealer;
    private final ObjectMapper json;

    MailTable(JdbcClient db, Keyring keys, ObjectMapper json) {
        this.db = db;
        this.sealer = keys.sealer("mail");
        this.json = json;
    }

    private record Content(String subject, String text) {}

    /**
     * A mail that this server sends now.
     *
     * @param attempt the first one is 1
     */
    record Claimed(UUID id, NewMail mail, int attempt) {}

    void insert(NewMail mail, Instant now) {
        var id = TimedId.at(now);
        var user = mail.user();
        db.sql("""
                INSERT INTO mail (tenant_id, id, user_id, purpose, to_sealed, content_sealed, state, attempts, created_at,
                                  expires_at, due_at)
                VALUES (:tenant, :id, :user, :purpose, :to, :content, 'waiting', 0, :now, :expires, :now)
                """)
                .param("tenant", mail.tenant().value())
                .param("id", id)
                .param("user", user == null ? null : user.value())
                .param("purpose", mail.purpose())
                .param("to", sealer.seal(mail.to(), mail.tenant().value(), id.toString(), "to"))
                .param(
                        "content",
                        sealer.seal(
                                json.writeValueAsString(new Content(mail.subject(), mail.text())),
                                mail.tenant().value(),
                                id.toString(),
                                "content"))
                .param("now", now.atOffset(UTC))
                .param("expires", mail.expiresAt().atOffset(UTC))
                .update();
    }

    /**
     * Takes mails that are due, also those of a server that died: whoever else looks passes them by. One that cannot be read is
     * left for later, and stops no other.
     *
     * @param until when this server is given up
     */
    List<Claimed> claim(int most, Instant now, Instant until) {
        return db
                .sql("""
                UPDATE mail SET attempts = attempts + 1, due_at = :until
                 WHERE (tenant_id, id) IN (
                       SELECT tenant_id, id FROM mail
                        WHERE due_at <= :now AND (tenant_id, id) IN (
                              SELECT tenant_id, id FROM (
                                  SELECT tenant_id, id, due_at, row_number() OVER (PARTITION BY tenant_id ORDER BY due_at) AS place
                                    FROM mail WHERE due_at <= :now) AS waiting
                               WHERE place <= :each ORDER BY due_at LIMIT :most)
                          FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
                .param("now", now.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .param("each", OF_ONE_TENANT)
                .param("most", most)
                .query((row, _) -> claimed(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Claimed> claimed(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        try {
            return Optional.of(new Claimed(id, mail(row), row.getInt("attempts")));
        } catch (RuntimeException unreadable) {
            log.warn("The mail {} cannot be read: {}", id, unreadable.getClass().getName());
            return Optional.empty();
        }
    }

    /** Its content goes with it. @return false where another server has taken it up meanwhile */
    boolean end(Claimed claimed, String state) {
        return settle(claimed, state, null, "NULL");
    }

    /** It has arrived at the mailbox, which goes on showing it. */
    boolean keep(Claimed claimed) {
        return settle(claimed, "sent", null, "content_sealed");
    }

    boolean later(Claimed claimed, Instant due) {
        return settle(claimed, "waiting", due, "content_sealed");
    }

    private boolean settle(
            Claimed claimed, String state, @org.jspecify.annotations.Nullable Instant due, String content) {
        return db.sql(
                                "UPDATE mail SET state = :state, due_at = :due, content_sealed = " + content
                                        + " WHERE tenant_id = :tenant AND id = :id AND attempts = :attempt AND state = 'waiting'")
                        .param("tenant", claimed.mail().tenant().value())
                        .param("id", claimed.id())
                        .param("attempt", claimed.attempt())
                        .param("state", state)
                        .param("due", due == null ? null : due.atOffset(UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .update()
                == 1;
    }

    /** What the mailbox has, the newest first. */
    List<Mailbox.Mail> newestFirst(TenantId tenant, int most) {
        return db.sql("""
                SELECT * FROM mail WHERE tenant_id = :tenant AND state = 'sent' AND content_sealed IS NOT NULL
                 ORDER BY id DESC LIMIT :most
                """)
                .param("tenant", tenant.value())
                .param("most", most)
                .query((row, _) -> {
                    var mail = mail(row);
                    return new Mailbox.Mail(
                            row.getString("id"),
                            mail.to(),
                            mail.subject(),
                            mail.text(),
                            row.getObject("created_at", OffsetDateTime.class).toInstant());
                })
                .list();
    }

    private NewMail mail(ResultSet row) throws SQLException {
        var tenant = row.getString("tenant_id");
        var id = row.getString("id");
        var user = row.getString("user_id");
        var content =
                json.readValue(sealer.openOwn(row.getBytes("content_sealed"), tenant, id, "content"), Content.class);
        return new NewMail(
                new TenantId(tenant),
                user == null ? null : new UserId(user),
                row.getString("purpose"),
                sealer.openOwn(row.getBytes("to_sealed"), tenant, id, "to"),
                content.subject(),
                content.text(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
