package io.ringcode.delivery.ledger;

import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The message history for the tenant's administrators, read from the outbox, its attempts and receipts. */
@Component
public class Ledger {
    private static final String COLUMNS = """
            SELECT id, state, channel, provider, user_id, client_id, enrollment_id, region, language, to_sealed, created_at,
                   expires_at, replaces, replaced_by, replaced_why, transaction_id,
                   coalesce(verified_at, (
                       SELECT spent_at FROM typed_code AS c
                        WHERE c.tenant_id = message.tenant_id AND c.transaction_id = message.transaction_id
                          AND c.enrollment_id = message.enrollment_id AND c.spent_at >= message.created_at)) AS verified_at
              FROM message
            """;
    private static final String OF_ONE_KIND =
            " AND provider = of_provider AND channel = of_channel AND state = of_state";
    private static final String RANGE = " WHERE tenant_id = :tenant AND id < :before AND id < :until AND id >= :since ";

    /** Between a message and what was decided of it, however busy the server is. */
    private static final Duration NEAR = Duration.ofSeconds(20);

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final JdbcClient db;
    private final Providers providers;
    private final Sealer sealer;

    Ledger(JdbcClient db, Providers providers, Keyring keys) {
        this.db = db;
        this.providers = providers;
        this.sealer = keys.sealer("message");
    }

    /** Which messages; null for any. */
    public record Filter(
            @Nullable MessageState state,
            @Nullable String provider,
            @Nullable Channel channel,
            @Nullable String user,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable CountedAs countedAs) {
        /** On the wire; all of them where they do not matter. */
        private List<String> states() {
            if (state != null) return List.of(state.wire());
            return countedAs == null || countedAs.states().isEmpty()
                    ? MessageState.WIRES
                    : countedAs.states().stream().map(MessageState::wire).toList();
        }

        private boolean isOfAnyKind() {
            return states().size() == MessageState.WIRES.size() && provider == null && channel == null;
        }
    }

    /**
     * The newest first.
     *
     * @param before only those older than this one; null: from the newest on
     */
    public List<LedgerEntry> list(TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
        return statement("", tenant, filter, before, limit)
                .query((row, _) -> entry(tenant, row))
                .list();
    }

    /** @param prefix such as {@code EXPLAIN} */
    public JdbcClient.StatementSpec statement(
            String prefix, TenantId tenant, Filter filter, @Nullable UUID before, int limit) {
        var provider = filter.provider();
        var channels = filter.channel() == null ? List.of(Channel.values()) : List.of(filter.channel());
        return db.sql(prefix + sql(filter))
                .param("tenant", tenant.value())
                .param("before", before == null ? LAST : before)
                .param("until", filter.until() == null ? LAST : TimedId.floor(filter.until()))
                .param("since", filter.since() == null ? FIRST : TimedId.floor(filter.since()))
                .param("user", filter.user())
                .param(
                        "providers",
                        provider == null ? providers.names().toArray(String[]::new) : new String[] {provider})
                .param("channels", channels.stream().map(Channel::wire).toArray(String[]::new))
                .param("states", filter.states().toArray(String[]::new))
                .param("limit", limit);
    }

    /** So that each reads what it shows and little more: a person has few messages, and a tenant few kinds of them. */
    private static String sql(Filter filter) {
        if (filter.user() != null) return counted(filter, COLUMNS + RANGE + """
                       AND user_id = :user
                       AND provider = ANY(:providers::text[]) AND channel = ANY(:channels::text[])
                       AND state = ANY(:states::text[])
                    """) + " ORDER BY id DESC LIMIT :limit";
        if (filter.isOfAnyKind()) return counted(filter, COLUMNS + RANGE) + " ORDER BY id DESC LIMIT :limit";
        return """
                SELECT m.*
                  FROM unnest(:providers::text[]) AS of_provider, unnest(:channels::text[]) AS of_channel,
                       unnest(:states::text[]) AS of_state,
                       LATERAL (%s ORDER BY id DESC LIMIT :limit) AS m
                 ORDER BY m.id DESC LIMIT :limit
                """.formatted(counted(filter, COLUMNS + RANGE + OF_ONE_KIND));
    }

    private static String counted(Filter filter, String lines) {
        var as = filter.countedAs();
        return as == null
                ? lines
                : "SELECT * FROM (SELECT line.*, " + CountedAs.AMONG_ITS_LOGIN + " FROM (" + lines
                        + ") AS line) AS line WHERE " + as.condition();
    }

    public Optional<LedgerEntry> find(TenantId tenant, UUID id) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> entry(tenant, row))
                .optional();
    }

    /**
     * What a message was for.
     *
     * @param id of whatever asks for the message
     * @param login the sign-in or enrolment
     */
    public record SentFor(UUID id, UUID login, String user, Instant at) {}

    /** What a message was for; empty for a test message. */
    public Optional<SentFor> sentFor(TenantId tenant, UUID message) {
        return db.sql("""
                SELECT transaction_id, user_id, created_at FROM message
                 WHERE tenant_id = :tenant AND id = :id AND transaction_id IS NOT NULL
                """)
                .param("tenant", tenant.value())
                .param("id", message)
                .query((row, _) -> new SentFor(
                        message,
                        row.getObject("transaction_id", UUID.class),
                        row.getString("user_id"),
                        instant(row, "created_at")))
                .optional();
    }

    /** The message that was made for a sign-in just then, by the id of what asks. */
    public Map<UUID, UUID> messagesOf(TenantId tenant, List<SentFor> asked) {
        var messages = new HashMap<UUID, UUID>();
        if (asked.isEmpty()) return messages;
        db.sql("""
                SELECT asked.id, sent.id AS message
                  FROM unnest(:ids::uuid[], :logins::uuid[], :users::text[], :froms::uuid[], :untils::uuid[], :times::timestamptz[])
                       AS asked (id, login, usr, low, high, at),
                       LATERAL (SELECT id FROM message
                                 WHERE tenant_id = :tenant AND user_id = asked.usr AND id >= asked.low AND id < asked.high
                                   AND transaction_id = asked.login
                                 ORDER BY abs(extract(epoch FROM created_at - asked.at)) LIMIT 1) AS sent
                """)
                .param("tenant", tenant.value())
                .param("ids", asked.stream().map(one -> one.id().toString()).toArray(String[]::new))
                .param(
                        "logins",
                        asked.stream().map(one -> one.login().toString()).toArray(String[]::new))
                .param("users", asked.stream().map(SentFor::user).toArray(String[]::new))
                .param(
                        "froms",
                        asked.stream()
                                .map(one -> TimedId.floor(one.at().minus(NEAR)).toString())
                                .toArray(String[]::new))
                .param(
                        "untils",
                        asked.stream()
                                .map(one -> TimedId.floor(one.at().plus(NEAR)).toString())
                                .toArray(String[]::new))
                .param("times", asked.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .query(row -> {
                    messages.put(row.getObject("id", UUID.class), row.getObject("message", UUID.class));
                });
        return messages;
    }

    /** In order, with what their carriers reported. */
    public List<LedgerEntry.Attempt> attempts(TenantId tenant, UUID id) {
        var receipts = receipts(tenant, id);
        return db.sql("""
                SELECT number, provider, result, code, said, fault, vendor_id, passed_over, latency_ms, at FROM attempt
                 WHERE tenant_id = :tenant AND message_id = :id ORDER BY number
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> attempt(row, receipts))
                .list();
    }

    private Map<Integer, List<LedgerEntry.ReceiptEntry>> receipts(TenantId tenant, UUID id) {
        record Numbered(int number, LedgerEntry.ReceiptEntry told) {}
        return db
                .sql("""
                SELECT a.number, r.state, r.code, r.price, r.currency, r.signed, r.received_at
                  FROM attempt AS a
                  JOIN receipt AS r ON r.tenant_id = a.tenant_id AND r.provider = a.provider AND r.vendor_id = a.vendor_id
                 WHERE a.tenant_id = :tenant AND a.message_id = :id
                 ORDER BY r.received_at
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> new Numbered(
                        row.getInt("number"),
                        new LedgerEntry.ReceiptEntry(
                                row.getString("state"),
                                row.getString("code"),
                                row.getBigDecimal("price"),
                                row.getString("currency"),
                                row.getBoolean("signed"),
                                instant(row, "received_at"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Numbered::number, HashMap::new, Collectors.mapping(Numbered::told, Collectors.toList())));
    }

    private LedgerEntry entry(TenantId tenant, ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var to = sealer.open(row.getBytes("to_sealed"), tenant.value(), id.toString(), "to")
                .map(number -> PhoneNumber.stored(number).masked())
                .orElse(null);
        var why = row.getString("replaced_why");
        return new LedgerEntry(
                id,
                MessageState.of(row.getString("state")),
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("provider"),
                row.getString("user_id"),
                row.getString("client_id"),
                row.getString("enrollment_id"),
                row.getString("region"),
                row.getString("language"),
                to,
                instant(row, "created_at"),
                instant(row, "expires_at"),
                row.getObject("replaces", UUID.class),
                row.getObject("replaced_by", UUID.class),
                why == null ? null : TroubleReason.of(why),
                row.getObject("verified_at") == null ? null : instant(row, "verified_at"));
    }

    private static LedgerEntry.Attempt attempt(ResultSet row, Map<Integer, List<LedgerEntry.ReceiptEntry>> receipts)
            throws SQLException {
        var passed = row.getArray("passed_over");
        var fault = row.getString("fault");
        return new LedgerEntry.Attempt(
                row.getInt("number"),
                row.getString("provider"),
                AttemptResult.of(row.getString("result")),
                row.getString("code"),
                row.getString("said"),
                fault == null ? null : FailureCause.valueOf(fault),
                row.getString("vendor_id"),
                passed == null
                        ? List.of()
                        : Stream.of((String[]) passed.getArray())
                                .map(SkippedCarrier::of)
                                .toList(),
                row.getInt("latency_ms"),
                instant(row, "at"),
                receipts.getOrDefault(row.getInt("number"), List.of()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
