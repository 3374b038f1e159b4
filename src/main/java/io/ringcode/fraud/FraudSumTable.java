package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.FraudDecision.Place;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rollups of {@link FraudDecision}s, written with them: by rule and ten minutes or an hour, and by scope. */
@Component
class FraudSumTable {
    static final int MINUTES = 10;
    private static final int HOUR = 60;
    /** A scope that was quiet for so long is told of as if it were new. */
    static final Duration QUIET = Duration.ofDays(1);
    /** Scopes of a tenant; a spray over more is seen in the sums by rule. */
    private static final int MOST_SCOPES = 5_000;

    private final JdbcClient db;

    FraudSumTable(JdbcClient db) {
        this.db = db;
    }

    private record Cell(
            int minutes,
            Instant from,
            FraudRule rule,
            Answer answer,
            RuleMode mode,
            Answer done,
            boolean decided,
            String currency) {
        static Cell of(FraudDecision one, int minutes) {
            var seconds = minutes * 60L;
            return new Cell(
                    minutes,
                    Instant.ofEpochSecond(one.at().getEpochSecond() / seconds * seconds),
                    one.rule(),
                    one.answer(),
                    one.mode(),
                    one.done(),
                    one.place() == Place.FIRST,
                    FraudSumTable.currency(one));
        }
    }

    private static String currency(FraudDecision one) {
        var currency = one.currency();
        return currency == null ? "" : currency;
    }

    private static BigDecimal price(FraudDecision one) {
        var price = one.price();
        return price == null ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(one.count()));
    }

    private static BigDecimal price(Collection<FraudDecision> rows) {
        return rows.stream().map(FraudSumTable::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long count(Collection<FraudDecision> rows) {
        return rows.stream().mapToLong(FraudDecision::count).sum();
    }

    /** In the transaction that writes the decisions. */
    void add(TenantId tenant, List<FraudDecision> rows) {
        for (int minutes : new int[] {MINUTES, HOUR})
            addByRule(
                    tenant,
                    minutes == HOUR ? FraudExpiry.DECISIONS : Duration.ofDays(2),
                    rows.stream()
                            .filter(one -> one.place() != Place.OTHER)
                            .collect(Collectors.groupingBy(one -> Cell.of(one, minutes))));
        // In the order of the key, so that two servers never wait in a circle.
        addByScope(
                tenant,
                rows.stream()
                        .filter(one ->
                                one.mode() == RuleMode.ON && !one.scopeKey().isEmpty())
                        .collect(Collectors.groupingBy(FraudDecision::scopeKey, TreeMap::new, Collectors.toList())));
    }

    private void addByRule(TenantId tenant, Duration kept, Map<Cell, List<FraudDecision>> cells) {
        if (cells.isEmpty()) return;
        var keys = List.copyOf(cells.keySet());
        db.sql("""
                INSERT INTO fraud_sum AS held (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency, count, price, expires_at)
                SELECT :tenant, minutes, from_at, rule, answer, mode, done, decided, currency, count, price, from_at + :kept::interval
                  FROM unnest(:minutes::smallint[], :froms::timestamptz[], :rules::text[], :answers::text[], :modes::text[], :done::text[],
                              :decided::boolean[], :currencies::text[], :counts::bigint[], :prices::numeric[])
                       AS one (minutes, from_at, rule, answer, mode, done, decided, currency, count, price)
                 WHERE EXISTS (SELECT FROM known_tenant WHERE id = :tenant FOR KEY SHARE)
                 ORDER BY from_at, rule, answer, mode, done, decided, currency
                ON CONFLICT (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency) DO UPDATE
                   SET count = held.count + excluded.count, price = held.price + excluded.price
                """)
                .param("tenant", tenant.value())
                .param("kept", kept.toDays() + " days")
                .param("minutes", texts(keys, Cell::minutes))
                .param("froms", texts(keys, cell -> cell.from().atOffset(UTC)))
                .param("rules", texts(keys, cell -> cell.rule().wire()))
                .param("answers", texts(keys, Cell::answer))
                .param("modes", texts(keys, cell -> cell.mode().wire()))
                .param("done", texts(keys, Cell::done))
                .param("decided", texts(keys, Cell::decided))
                .param("currencies", texts(keys, Cell::currency))
                .param("counts", texts(keys, cell -> count(cells.getOrDefault(cell, List.of()))))
                .param("prices", texts(keys, cell -> price(cells.getOrDefault(cell, List.of()))))
                .update();
    }

    private void addByScope(TenantId tenant, Map<String, List<FraudDecision>> scopes) {
        if (scopes.isEmpty()) return;
        var rows = List.copyOf(scopes.values());
        db.sql("""
                INSERT INTO fraud_scope_sum AS held (tenant_id, scope_key, scope, rule, first_at, last_at, refused, watched, until_at,
                                                     saved, currency, expires_at)
                SELECT :tenant, key, scope, rule, first_at, last_at, refused, watched, until_at, saved, currency,
                       last_at + :kept::interval
                  FROM unnest(:keys::text[], :scopes::text[], :rules::text[], :firsts::timestamptz[], :lasts::timestamptz[],
                              :refused::bigint[], :watched::bigint[], :untils::timestamptz[], :saved::numeric[], :currencies::text[])
                       WITH ORDINALITY AS one (key, scope, rule, first_at, last_at, refused, watched, until_at, saved, currency, place)
                 WHERE EXISTS (SELECT FROM known_tenant WHERE id = :tenant FOR KEY SHARE)
                 ORDER BY place
                ON CONFLICT (tenant_id, scope_key) DO UPDATE
                   SET first_at = CASE WHEN excluded.first_at - held.last_at > :quiet::interval THEN excluded.first_at
                                       ELSE held.first_at END,
                       last_at = greatest(held.last_at, excluded.last_at),
                       refused = held.refused + excluded.refused,
                       watched = held.watched + excluded.watched,
                       until_at = greatest(held.until_at, excluded.until_at),
                       saved = CASE WHEN held.currency = excluded.currency THEN held.saved ELSE 0 END + excluded.saved,
                       currency = excluded.currency,
                       expires_at = greatest(held.expires_at, excluded.expires_at)
                """)
                .param("tenant", tenant.value())
                .param("kept", FraudExpiry.DECISIONS.toDays() + " days")
                .param("quiet", QUIET.toSeconds() + " seconds")
                .param("keys", texts(rows, of -> of.getFirst().scopeKey()))
                .param("scopes", texts(rows, of -> of.getFirst().scope()))
                .param("rules", texts(rows, of -> of.getFirst().rule().wire()))
                .param("firsts", texts(rows, of -> of.getFirst().at().atOffset(UTC)))
                .param("lasts", texts(rows, of -> of.getLast().at().atOffset(UTC)))
                .param("refused", texts(rows, of -> count(refused(of))))
                .param("watched", texts(rows, of -> count(of) - count(refused(of))))
                .param("untils", texts(rows, FraudSumTable::until))
                .param("saved", texts(rows, of -> price(refused(of))))
                .param("currencies", texts(rows, of -> currency(of.getLast())))
                .update();
    }

    private static List<FraudDecision> refused(List<FraudDecision> rows) {
        return rows.stream().filter(FraudDecision::refused).toList();
    }

    private static @Nullable OffsetDateTime until(List<FraudDecision> rows) {
        var refused = refused(rows);
        var until = refused.isEmpty() ? null : refused.getLast().until();
        return until == null ? null : until.atOffset(UTC);
    }

    /**
     * Messages, by what a rule said of them.
     *
     * @param decided whether the rule's word was the one that counted
     */
    record Sums(
            FraudRule rule,
            Answer answer,
            RuleMode mode,
            Answer done,
            boolean decided,
            Messages hour,
            Messages day,
            Messages week) {}

    /** @param price of all, in one currency */
    record Messages(long count, BigDecimal price) {}

    /** Of the last hour and day to ten minutes, and of the last week to an hour. Prices in other currencies are nothing. */
    List<Sums> sums(TenantId tenant, String currency, Instant now) {
        return db.sql("""
                SELECT rule, answer, mode, done, decided,
                       coalesce(sum(count) FILTER (WHERE minutes = 10 AND from_at > :hour), 0) AS hour_count,
                       coalesce(sum(price) FILTER (WHERE minutes = 10 AND from_at > :hour AND currency = :currency), 0) AS hour_price,
                       coalesce(sum(count) FILTER (WHERE minutes = 10), 0) AS day_count,
                       coalesce(sum(price) FILTER (WHERE minutes = 10 AND currency = :currency), 0) AS day_price,
                       coalesce(sum(count) FILTER (WHERE minutes = 60), 0) AS week_count,
                       coalesce(sum(price) FILTER (WHERE minutes = 60 AND currency = :currency), 0) AS week_price
                  FROM (SELECT * FROM fraud_sum WHERE tenant_id = :tenant AND minutes = 10 AND from_at > :day
                        UNION ALL
                        SELECT * FROM fraud_sum WHERE tenant_id = :tenant AND minutes = 60 AND from_at > :week) AS sums
                 GROUP BY rule, answer, mode, done, decided
                """)
                .param("tenant", tenant.value())
                .param("currency", currency)
                .param("hour", now.minus(Duration.ofMinutes(60 + MINUTES / 2)).atOffset(UTC))
                .param("day", now.minus(Duration.ofDays(1)).atOffset(UTC))
                .param("week", now.minus(Duration.ofDays(7)).atOffset(UTC))
                .query((row, _) -> new Sums(
                        FraudRule.of(row.getString("rule")),
                        Answer.valueOf(row.getString("answer")),
                        RuleMode.of(row.getString("mode")),
                        Answer.valueOf(row.getString("done")),
                        row.getBoolean("decided"),
                        messages(row, "hour"),
                        messages(row, "day"),
                        messages(row, "week")))
                .list();
    }

    private static Messages messages(ResultSet row, String time) throws SQLException {
        return new Messages(row.getLong(time + "_count"), row.getBigDecimal(time + "_price"));
    }

    /** What is stored of a scope. */
    record ScopeSum(
            String scopeKey,
            String scope,
            FraudRule rule,
            Instant first,
            Instant last,
            long refused,
            long watched,
            @Nullable Instant until,
            BigDecimal saved,
            String currency) {}

    /** Those of which a rule spoke since then, the latest first. */
    List<ScopeSum> scopes(TenantId tenant, Instant since, int size) {
        return db.sql("""
                SELECT * FROM fraud_scope_sum WHERE tenant_id = :tenant AND last_at > :since ORDER BY last_at DESC LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("since", since.atOffset(UTC))
                .param("size", size)
                .query((row, _) -> {
                    var until = row.getObject("until_at", OffsetDateTime.class);
                    return new ScopeSum(
                            row.getString("scope_key"),
                            row.getString("scope"),
                            FraudRule.of(row.getString("rule")),
                            row.getObject("first_at", OffsetDateTime.class).toInstant(),
                            row.getObject("last_at", OffsetDateTime.class).toInstant(),
                            row.getLong("refused"),
                            row.getLong("watched"),
                            until == null ? null : until.toInstant(),
                            row.getBigDecimal("saved"),
                            row.getString("currency"));
                })
                .list();
    }

    /** Nothing of the scope is refused any more. */
    void release(TenantId tenant, String scopeKey) {
        db.sql("UPDATE fraud_scope_sum SET until_at = NULL WHERE tenant_id = :tenant AND scope_key = :scope")
                .param("tenant", tenant.value())
                .param("scope", scopeKey)
                .update();
    }

    /** Those that were spoken of the longest ago go, where a tenant has too many. */
    void trim(TenantId tenant) {
        db.sql("""
                DELETE FROM fraud_scope_sum WHERE tenant_id = :tenant AND last_at < (
                    SELECT last_at FROM fraud_scope_sum WHERE tenant_id = :tenant ORDER BY last_at DESC OFFSET :most LIMIT 1)
                """)
                .param("tenant", tenant.value())
                .param("most", MOST_SCOPES - 1)
                .update();
    }

    private static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable Object> member) {
        return rows.stream()
                .map(row -> {
                    var value = member.apply(row);
                    return value == null ? null : value.toString();
                })
                .toArray(String[]::new);
    }
}
