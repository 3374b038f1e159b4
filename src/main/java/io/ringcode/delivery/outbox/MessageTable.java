package io.ringcode.delivery.outbox;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.ClientId;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.receipt.OverdueMessage;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.NoAnswer;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The outbox as a table. Number, text and context are sealed for their row; text and context are erased at a final state. */
@Component
public class MessageTable {
    private static final String INSERT = """
            INSERT INTO message (tenant_id, id, user_id, client_id, enrollment_id, channel, provider, language, region,
                                 to_sealed, text_sealed, context_sealed, state, attempts, next_attempt_at, expires_at, created_at,
                                 transaction_id, code_generation, replaces, sender)
            SELECT id, :id, :user, :client, :enrollment, :channel, :provider, :language, :region,
                   :to, :text, :context, 'sending', 1, :until, :expires, :now, :transaction, :generation, :replaces, :sender
            """;

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Sealer sealer;

    MessageTable(JdbcClient db, ObjectMapper json, Keyring keys) {
        this.db = db;
        this.json = json;
        this.sealer = keys.sealer("message");
    }

    /** @param replaces the message that this one takes over from; null for none */
    public void insert(NewMessage message, ClaimedMessage claimed, @Nullable UUID replaces, Instant now) {
        insert(INSERT + "FROM (SELECT :tenant AS id) AS tenant", message, claimed, replaces, now);
    }

    /** Counts and inserts in one statement, so that the tenant's count serialises all nodes. */
    public boolean insertCounted(NewMessage message, ClaimedMessage claimed, int quota, Instant now) {
        var sql = """
                WITH counted AS (
                    INSERT INTO evaluation_use AS used (tenant_id, messages) VALUES (:tenant, 1)
                    ON CONFLICT (tenant_id) DO UPDATE SET messages = used.messages + 1 WHERE used.messages < %d
                    RETURNING tenant_id AS id)
                """.formatted(quota);
        return insert(sql + INSERT + "FROM counted", message, claimed, null, now) == 1;
    }

    /** How many messages the built-in provider has counted for this tenant. */
    public int counted(TenantId tenant) {
        return db.sql("SELECT coalesce(max(messages), 0) FROM evaluation_use WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
    }

    private int insert(String sql, NewMessage message, ClaimedMessage claimed, @Nullable UUID replaces, Instant now) {
        var tenant = message.tenant();
        var id = claimed.message().id();
        var client = message.client();
        var code = message.code();
        return db.sql(sql)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("user", message.user().value())
                .param("client", client == null ? null : client.value())
                .param("enrollment", message.enrollment())
                .param("channel", message.channel().wire())
                .param("provider", claimed.provider())
                .param("language", message.language().toLanguageTag())
                .param("region", claimed.region())
                .param("to", sealer.seal(message.to().e164(), tenant.value(), id.toString(), "to"))
                .param("text", sealer.seal(message.text(), tenant.value(), id.toString(), "text"))
                .param("context", sealed(message.context(), tenant, id))
                .param("until", claimed.heldUntil().atOffset(UTC))
                .param("expires", message.expiresAt().atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .param("transaction", code == null ? null : code.transaction())
                .param("generation", code == null ? null : code.generation())
                .param("replaces", replaces)
                .param("sender", message.from())
                .update();
    }

    /** Claims due messages and expires late ones; another node's sweep at the same moment claims other rows. */
    List<DueMessage> claim(int limit, Duration lease, Instant now) {
        return db.sql("""
                WITH due AS MATERIALIZED (
                    SELECT tenant_id AS tenant, id AS message, state AS was, expires_at > :now AS alive FROM message
                     WHERE next_attempt_at <= :now
                     ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                UPDATE message
                   SET state = CASE WHEN was IN ('accepted', 'undelivered') THEN was
                                    WHEN alive THEN 'sending' ELSE 'expired' END,
                       attempts = CASE WHEN was IN ('queued', 'sending') AND alive THEN attempts + 1 ELSE attempts END,
                       next_attempt_at = CASE WHEN alive THEN :until::timestamptz END,
                       text_sealed = CASE WHEN alive THEN text_sealed END,
                       context_sealed = CASE WHEN alive THEN context_sealed END
                  FROM due
                 WHERE tenant_id = due.tenant AND id = due.message
                RETURNING tenant_id, id, user_id, client_id, channel, provider, language, region,
                          to_sealed, text_sealed, context_sealed, state, attempts, expires_at, replaced_by, sender,
                          transaction_id, enrollment_id, code_generation,
                          (SELECT before.provider FROM message AS before
                            WHERE before.tenant_id = message.tenant_id AND before.id = message.replaces
                              AND before.channel = message.channel) AS without,
                          ARRAY(SELECT a.provider FROM attempt AS a
                                 WHERE a.tenant_id = message.tenant_id AND a.message_id = message.id
                                   AND a.result = 'refused') AS refused_by,
                          ARRAY(SELECT a.provider || ' ' || count(*) || ' ' || ceil(extract(epoch FROM max(a.at)))::bigint
                                  FROM attempt AS a
                                 WHERE a.tenant_id = message.tenant_id AND a.message_id = message.id
                                   AND a.result = 'unknown'
                                 GROUP BY a.provider) AS unanswered
                """)
                .param("now", now.atOffset(UTC))
                .param("until", now.plus(lease).atOffset(UTC))
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /**
     * A row that a sweep has claimed: to be sent, overdue for a receipt, or expired.
     *
     * @param to null when the stored number cannot be decrypted, such as after a change of the master key
     * @param text null likewise, or when the message is not to be sent
     * @param replaceable false once another message has taken over
     * @param without the carrier that had the code before, by the message that this one replaces; null for none
     */
    record DueMessage(
            MessageRef ref,
            UserId user,
            @Nullable ClientId client,
            Channel channel,
            String provider,
            Locale language,
            @Nullable String region,
            @Nullable PhoneNumber to,
            @Nullable String text,
            @Nullable MessageContext context,
            @Nullable String from,
            @Nullable CodeRef code,
            MessageState state,
            boolean replaceable,
            @Nullable String without,
            Set<String> refusedBy,
            Map<String, NoAnswer> unanswered,
            int attempt,
            Instant expiresAt) {
        boolean expired() {
            return state == MessageState.EXPIRED;
        }

        /** A carrier has it, and has not said that it arrived. */
        boolean overdue() {
            return state == MessageState.ACCEPTED || state == MessageState.UNDELIVERED;
        }

        OverdueMessage asOverdue() {
            return new OverdueMessage(ref, channel, provider, region, state, replaceable, expiresAt);
        }

        @Override
        public String toString() {
            return "DueMessage[" + ref + "]";
        }
    }

    private DueMessage read(ResultSet row) throws SQLException {
        var ref = new MessageRef(new TenantId(row.getString("tenant_id")), row.getObject("id", UUID.class));
        var client = row.getString("client_id");
        var to = open(row.getBytes("to_sealed"), ref, "to");
        return new DueMessage(
                ref,
                new UserId(row.getString("user_id")),
                client == null ? null : new ClientId(client),
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("provider"),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("region"),
                to == null ? null : new PhoneNumber(to),
                open(row.getBytes("text_sealed"), ref, "text"),
                context(row.getBytes("context_sealed"), ref),
                row.getString("sender"),
                code(row),
                MessageState.of(row.getString("state")),
                row.getObject("replaced_by") == null,
                row.getString("without"),
                Set.of((String[]) row.getArray("refused_by").getArray()),
                unanswered(row),
                row.getInt("attempts"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** Null too for messages that are older than the column. */
    private static @Nullable CodeRef code(ResultSet row) throws SQLException {
        var generation = row.getObject("code_generation", Integer.class);
        return generation == null
                ? null
                : new CodeRef(row.getObject("transaction_id", UUID.class), row.getString("enrollment_id"), generation);
    }

    private static Map<String, NoAnswer> unanswered(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("unanswered").getArray())
                .map(one -> one.split(" ", 3))
                .collect(Collectors.toUnmodifiableMap(
                        one -> one[0],
                        one -> new NoAnswer(Integer.parseInt(one[1]), Instant.ofEpochSecond(Long.parseLong(one[2])))));
    }

    private byte @Nullable [] sealed(@Nullable MessageContext context, TenantId tenant, UUID id) {
        return context == null
                ? null
                : sealer.seal(json.writeValueAsString(context), tenant.value(), id.toString(), "context");
    }

    private @Nullable MessageContext context(byte @Nullable [] sealed, MessageRef ref) {
        var opened = open(sealed, ref, "context");
        return opened == null ? null : json.readValue(opened, MessageContext.class);
    }

    private @Nullable String open(byte @Nullable [] sealed, MessageRef ref, String field) {
        return sealed == null
                ? null
                : sealer.open(sealed, ref.tenant().value(), ref.id().toString(), field)
                        .orElse(null);
    }
}
