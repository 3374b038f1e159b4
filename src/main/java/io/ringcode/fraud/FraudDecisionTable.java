package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.DecisionReplay.Done;
import io.ringcode.fraud.DecisionReplay.Replayed;
import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.FraudDecision.Place;
import io.ringcode.fraud.FraudDecisions.Filter;
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
                                            country, channel, session, user_id, price, currency, place)
                SELECT :tenant, one.*
                  FROM unnest(:ids::uuid[], :rules::text[], :scopes::text[], :keys::text[], :values::double precision[],
                              :thresholds::double precision[], :until::timestamptz[], :answers::text[], :modes::text[],
                              :done::text[], :counts::integer[], :countries::text[], :channels::text[], :sessions::uuid[],
                              :users::text[], :prices::numeric[], :currencies::text[], :places::text[]) AS one
                 WHERE EXISTS (SELECT FROM known_tenant WHERE id = :tenant FOR KEY SHARE)
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
                .param("places", array(rows, FraudDecision::place))
                .update();
    }

    /** Only what is asked for stands in the statement, so that an index leads to it. */
    List<FraudDecision> list(TenantId tenant, Filter filter, int size) {
        var rule = filter.rule();
        var since = filter.since();
        var where = new StringBuilder("tenant_id = :tenant");
        if (filter.before() != null) where.append(" AND id < :before");
        if (since != null) where.append(" AND id >= :since");
        if (filter.scopeKey() != null) where.append(" AND scope_key = :scope");
        if (rule != null) where.append(" AND rule = :rule");
        return db.sql("SELECT * FROM fraud_decision WHERE " + where + " ORDER BY id DESC LIMIT :size")
                .param("tenant", tenant.value())
                .param("before", filter.before())
                .param("since", since == null ? null : TimedId.floor(since))
                .param("rule", rule == null ? null : rule.wire())
                .param("scope", filter.scopeKey())
                .param("size", size)
                .query((row, _) -> decision(row))
                .list();
    }

    List<FraudDecision> ofLogin(TenantId tenant, UUID login, Instant from, Instant to) {
        return db.sql("""
                SELECT * FROM fraud_decision
                 WHERE tenant_id = :tenant AND session = :login AND id >= :from AND id < :to ORDER BY place, id LIMIT 20
                """)
                .param("tenant", tenant.value())
                .param("login", login)
                .param("from", TimedId.floor(from))
                .param("to", TimedId.floor(to))
                .query((row, _) -> decision(row))
                .list();
    }

    /**
     * What was done with the messages since then, and what would have been, did these rules act and no other. Decisions that were counted tell no
     * messages apart: of those of a minute at least as many would have been stopped as the rule stops that stops most.
     */
    Replayed replay(TenantId tenant, Instant since, List<FraudRule> on, String currency) {
        return db.sql("""
                WITH said AS (
                    SELECT session, left(id::text, 13) AS moment, done, count, place, rule,
                           CASE WHEN currency = :currency THEN price ELSE 0 END AS price,
                           rule = ANY (:on::text[]) AND answer = 'REFUSE' AS refuses,
                           -- Nobody could be asked to show that he is no program where a rule that acts wanted it, and the message went.
                           rule = ANY (:on::text[]) AND (answer = 'REFUSE' OR answer = 'CHALLENGE' AND NOT (mode = 'on' AND done = 'ALLOW'))
                           AS stops
                      FROM fraud_decision WHERE tenant_id = :tenant AND id >= :since
                ), by_rule AS (
                    SELECT ('x' || replace(moment, '-', ''))::bit(48)::bigint / 60000 AS minute, done,
                           coalesce(sum(count) FILTER (WHERE place = 'FIRST'), 0) AS count,
                           coalesce(sum(count) FILTER (WHERE refuses), 0) AS refused,
                           coalesce(sum(count) FILTER (WHERE stops), 0) AS stopped, max(price) AS price
                      FROM said WHERE session IS NULL AND place <> 'OTHER' GROUP BY minute, done, rule
                ), judged AS (
                    SELECT min(done) AS done, 1 AS count, bool_or(refuses)::int AS refused, bool_or(stops)::int AS stopped, max(price) AS price
                      FROM said WHERE session IS NOT NULL GROUP BY session, moment
                    UNION ALL
                    SELECT done, sum(count), least(sum(count), max(refused)), least(sum(count), max(stopped)), max(price)
                      FROM by_rule GROUP BY minute, done
                )
                SELECT coalesce(sum(count), 0) AS messages,
                       coalesce(sum(count) FILTER (WHERE done = 'REFUSE'), 0) AS was_refused,
                       coalesce(sum(count) FILTER (WHERE done = 'CHALLENGE'), 0) AS was_challenged,
                       coalesce(sum(count * price) FILTER (WHERE done = 'REFUSE'), 0) AS was_saved,
                       coalesce(sum(refused), 0) AS refused, coalesce(sum(stopped - refused), 0) AS challenged,
                       coalesce(sum(refused * price), 0) AS saved
                  FROM judged
                """)
                .param("tenant", tenant.value())
                .param("since", TimedId.floor(since))
                .param("on", on.stream().map(FraudRule::wire).toArray(String[]::new))
                .param("currency", currency)
                .query((row, _) -> new Replayed(
                        since,
                        currency,
                        row.getLong("messages"),
                        new Done(
                                row.getLong("was_refused"),
                                row.getLong("was_challenged"),
                                row.getBigDecimal("was_saved")),
                        new Done(row.getLong("refused"), row.getLong("challenged"), row.getBigDecimal("saved"))))
                .single();
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
                row.getString("currency"),
                Place.valueOf(row.getString("place")));
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
