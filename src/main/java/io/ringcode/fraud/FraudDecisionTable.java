package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.FraudDecisions.Filter;
import io.ringcode.fraud.FraudDecisions.Sum;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stored {@link FraudDecision}s. When a row was made its id says. */
@Component
class FraudDecisionTable {
    private final JdbcClient db;

    FraudDecisionTable(JdbcClient db) {
        this.db = db;
    }

    void add(TenantId tenant, List<FraudDecision> rows) {
        db.sql("""
                INSERT INTO fraud_decision (tenant_id, id, rule, scope, scope_key, value, threshold, until_at, answer, mode, done, count,
                                            country, channel, session, user_id, price, currency)
                SELECT :tenant, one.*
                  FROM unnest(:ids::uuid[], :rules::text[], :scopes::text[], :keys::text[], :values::double precision[],
                              :thresholds::double precision[], :until::timestamptz[], :answers::text[], :modes::text[],
                              :done::text[], :counts::integer[], :countries::text[], :channels::text[], :sessions::uuid[],
                              :users::text[], :prices::numeric[], :currencies::text[]) AS one
                 WHERE EXISTS (SELECT FROM known_tenant WHERE id = :tenant)
                """)
                .param("tenant", tenant.value())
                .param("ids", array(rows, FraudDecision::id))
                .param("rules", array(rows, row -> row.rule().wire()))
                .param("scopes", array(rows, FraudDecision::scope))
                .param("keys", array(rows, FraudDecision::scopeKey))
                .param("values", array(rows, FraudDecision::value))
                .param("thresholds", array(rows, FraudDecision::threshold))
                .param("until", array(rows, FraudDecision::until))
                .param("answers", array(rows, FraudDecision::answer))
                .param("modes", array(rows, row -> row.mode().wire()))
                .param("done", array(rows, FraudDecision::done))
                .param("counts", array(rows, FraudDecision::count))
                .param("countries", array(rows, FraudDecision::country))
                .param("channels", array(rows, FraudDecision::channel))
                .param("sessions", array(rows, FraudDecision::login))
                .param("users", array(rows, FraudDecision::user))
                .param("prices", array(rows, FraudDecision::price))
                .param("currencies", array(rows, FraudDecision::currency))
                .update();
    }

    List<FraudDecision> list(TenantId tenant, Filter filter, int size) {
        var before = filter.before();
        var rule = filter.rule();
        return db.sql("""
                SELECT * FROM fraud_decision
                 WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR id < :before::uuid)
                   AND (:rule::text IS NULL OR rule = :rule) AND (:scope::text IS NULL OR scope_key = :scope)
                 ORDER BY id DESC LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("before", before)
                .param("rule", rule == null ? null : rule.wire())
                .param("scope", filter.scopeKey())
                .param("size", size)
                .query((row, _) -> decision(row))
                .list();
    }

    List<Sum> sums(TenantId tenant, Instant since, int size) {
        return db.sql("""
                SELECT rule, min(scope) AS scope, scope_key, answer, mode, done, sum(count) AS count, sum(price * count) AS price,
                       max(id::text)::uuid AS last
                  FROM fraud_decision WHERE tenant_id = :tenant AND id >= :since
                 GROUP BY rule, scope_key, answer, mode, done ORDER BY count DESC, scope_key LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("since", TimedId.floor(since))
                .param("size", size)
                .query((row, _) -> new Sum(
                        rule(row),
                        row.getString("scope"),
                        row.getString("scope_key"),
                        Answer.valueOf(row.getString("answer")),
                        mode(row),
                        Answer.valueOf(row.getString("done")),
                        row.getLong("count"),
                        row.getBigDecimal("price"),
                        at(row.getObject("last", UUID.class))))
                .list();
    }

    private static FraudDecision decision(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var until = row.getObject("until_at", OffsetDateTime.class);
        return new FraudDecision(
                id,
                at(id),
                rule(row),
                row.getString("scope"),
                row.getString("scope_key"),
                row.getDouble("value"),
                row.getDouble("threshold"),
                until == null ? null : until.toInstant(),
                Answer.valueOf(row.getString("answer")),
                mode(row),
                Answer.valueOf(row.getString("done")),
                row.getInt("count"),
                row.getString("country"),
                row.getString("channel"),
                row.getObject("session", UUID.class),
                row.getString("user_id"),
                row.getBigDecimal("price"),
                row.getString("currency"));
    }

    private static Instant at(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private static FraudRule rule(ResultSet row) throws SQLException {
        return FraudRule.of(row.getString("rule"));
    }

    private static RuleMode mode(ResultSet row) throws SQLException {
        return RuleMode.of(row.getString("mode"));
    }

    private static @Nullable String[] array(
            List<FraudDecision> rows, Function<FraudDecision, @Nullable Object> member) {
        var texts = new ArrayList<@Nullable String>();
        for (var row : rows) {
            var value = member.apply(row);
            texts.add(
                    value == null
                            ? null
                            : value instanceof Instant at ? at.atOffset(UTC).toString() : value.toString());
        }
        return texts.toArray(String[]::new);
    }
}
