package io.ringcode.delivery.outbox;

import static java.time.ZoneOffset.UTC;
import static java.util.Map.entry;

import io.ringcode.client.ClientId;
import io.ringcode.database.LastWrites;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.receipt.OverdueMessage;
import io.ringcode.delivery.routing.AccountKey;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.NoAnswer;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import io.ringcode.trace.Tracing;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The outbox as a table. Number, text and context are sealed for their row; text and context are erased at a final state. */
@Component
public class MessageTable {
    private final JdbcClient db;
    private final LastWrites writes;
    private final ObjectMapper json;
    private final Sealer sealer;
    private final boolean traced;
    private final String insert;

    MessageTable(JdbcClient db, LastWrites writes, ObjectMapper json, Keyring keys, Tracing tracing) {
        this.db = db;
        this.writes = writes;
        this.json = json;
        this.sealer = keys.sealer("message");
        this.traced = tracing.isOn();
        this.insert = insert(traced);
    }

    /**
     * A row to be stored, sealed for its id.
     *
     * @param replaces the message that this one takes over from; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // values that are only handed on
    public record Row(
            NewMessage message,
            ClaimedMessage claimed,
            byte[] to,
            byte[] text,
            byte @Nullable [] context,
            @Nullable UUID replaces,
            Instant createdAt) {
        /** The same, about a code whose generation is known by now. */
        public Row carrying(CodeRef code) {
            return new Row(message.carrying(code), claimed.carrying(code), to, text, context, replaces, createdAt);
        }

        private String tenant() {
            return message.tenant().value();
        }

        @Override
        public String toString() {
            return "Row[" + claimed.ref() + "]";
        }
    }

    /** @param replaces the message that this one takes over from; null for none */
    public Row row(NewMessage message, ClaimedMessage claimed, @Nullable UUID replaces, Instant now) {
        var tenant = message.tenant().value();
        var id = claimed.message().id().toString();
        var context = message.context();
        return new Row(
                message,
                claimed,
                sealer.seal(message.to().e164(), tenant, id, "to"),
                sealer.seal(message.text(), tenant, id, "text"),
                context == null ? null : sealer.seal(json.writeValueAsString(context), tenant, id, "context"),
                replaces,
                now);
    }

    /** Only a server that makes traces sends and writes the column of their context. */
    private static String insert(boolean traced) {
        return """
                INSERT INTO message (tenant_id, id, user_id, client_id, enrollment_id, channel, provider, language, region,
                                     to_sealed, text_sealed, context_sealed, state, attempts, next_attempt_at, expires_at,
                                     created_at, transaction_id, code_generation, replaces, sender%1$s)
                SELECT tenant, id, user_id, client, enrollment, channel, provider, language, region,
                       sealed_to, sealed_text, context, 'sending', 1, until, expires, created, transaction, generation, replaces, sender%1$s
                  FROM unnest(:tenants::text[], :ids::uuid[], :users::text[], :clients::text[], :enrollments::text[],
                              :channels::text[], :providers::text[], :languages::text[], :regions::text[], :to::bytea[],
                              :texts::bytea[], :contexts::bytea[], :until::timestamptz[], :expires::timestamptz[],
                              :created::timestamptz[], :transactions::uuid[], :generations::int[], :replaces::uuid[],
                              :senders::text[]%2$s)
                       AS one (tenant, id, user_id, client, enrollment, channel, provider, language, region, sealed_to, sealed_text,
                               context, until, expires, created, transaction, generation, replaces, sender%1$s)
                """.formatted(traced ? ", trace" : "", traced ? ", :traces::text[]" : "");
    }

    /** With the transaction's commit. */
    public void insert(List<Row> rows) {
        var values = new HashMap<String, Object>(Map.ofEntries(
                entry("tenants", texts(rows, Row::tenant)),
                entry("ids", texts(rows, row -> row.claimed().message().id())),
                entry("users", texts(rows, row -> row.message().user().value())),
                entry("clients", texts(rows, row -> {
                    var client = row.message().client();
                    return client == null ? null : client.value();
                })),
                entry("enrollments", texts(rows, row -> row.message().enrollment())),
                entry("channels", texts(rows, row -> row.message().channel().wire())),
                entry("providers", texts(rows, row -> row.claimed().provider())),
                entry("languages", texts(rows, row -> row.message().language().toLanguageTag())),
                entry("regions", texts(rows, row -> row.claimed().region())),
                entry("to", rows.stream().map(Row::to).toArray(byte[][]::new)),
                entry("texts", rows.stream().map(Row::text).toArray(byte[][]::new)),
                entry("contexts", rows.stream().map(Row::context).toArray(byte[][]::new)),
                entry("until", texts(rows, row -> row.claimed().heldUntil())),
                entry("expires", texts(rows, row -> row.message().expiresAt())),
                entry("created", texts(rows, Row::createdAt)),
                entry("transactions", texts(rows, row -> {
                    var code = row.message().code();
                    return code == null ? null : code.transaction();
                })),
                entry(
                        "generations",
                        rows.stream()
                                .map(row -> row.message().code())
                                .map(code -> code == null ? null : code.generation())
                                .toArray(Integer[]::new)),
                entry("replaces", texts(rows, Row::replaces)),
                entry("senders", texts(rows, row -> row.message().from()))));
        if (traced) values.put("traces", texts(rows, row -> row.claimed().trace()));
        writes.add(insert, values);
    }

    private static String[] texts(List<Row> rows, Function<Row, @Nullable Object> member) {
        return rows.stream()
                .map(member)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    /**
     * Counts a message of the built-in provider. The tenant's row stays locked until the transaction's end, so that no race
     * exceeds the quota.
     *
     * @return false when the quota is used up
     */
    public boolean count(TenantId tenant, int quota) {
        return db.sql("""
                INSERT INTO evaluation_use AS used (tenant_id, messages) VALUES (:tenant, 1)
                ON CONFLICT (tenant_id) DO UPDATE SET messages = used.messages + 1 WHERE used.messages < :quota
                """).param("tenant", tenant.value()).param("quota", quota).update() == 1;
    }

    /** How many messages the built-in provider has counted for this tenant. */
    public int counted(TenantId tenant) {
        return db.sql("SELECT coalesce(max(messages), 0) FROM evaluation_use WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
    }

    /**
     * Claims due messages and expires late ones; another node's sweep at the same moment claims other rows.
     *
     * @param full accounts whose messages are not to be sent now
     */
    List<DueMessage> claim(int limit, Collection<AccountKey> full, Duration lease, Instant now) {
        return db.sql("""
                WITH due AS MATERIALIZED (
                    SELECT tenant_id AS tenant, id AS message, state AS was, expires_at > :now AS alive FROM message
                     WHERE next_attempt_at <= :now
                       AND NOT (state IN ('queued', 'sending') AND expires_at > :now
                                AND (tenant_id, provider) IN (SELECT * FROM unnest(:tenants::text[], :carriers::text[])))
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
                          to_sealed, text_sealed, context_sealed, state, attempts, expires_at, replaced_by, sender, trace,
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
                .param("tenants", full.stream().map(one -> one.tenant().value()).toArray(String[]::new))
                .param("carriers", full.stream().map(AccountKey::carrier).toArray(String[]::new))
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
     * @param trace as in {@link ClaimedMessage#trace()}
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
            Instant expiresAt,
            @Nullable String trace) {
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
                to == null ? null : PhoneNumber.stored(to),
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
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("trace"));
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
