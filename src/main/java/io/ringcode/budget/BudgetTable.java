package io.ringcode.budget;

import static java.time.ZoneOffset.UTC;

import io.ringcode.budget.BudgetUse.UseKey;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is spent, as rows. */
@Component
class BudgetTable {
    /** Of a period that is over. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final JdbcClient db;

    BudgetTable(JdbcClient db) {
        this.db = db;
    }

    /** Locks the rows that there are until the transaction's end, in one order, so that two never wait for each other in a circle. */
    Map<UseKey, BudgetUse> hold(Collection<UseKey> keys) {
        var held = new HashMap<UseKey, BudgetUse>();
        if (keys.isEmpty()) return held;
        db.sql("""
                SELECT held.tenant_id, held.scope, held.period, held.starts, spent, last_price, told
                  FROM unnest(:tenants::text[], :scopes::text[], :periods::text[], :starts::date[])
                       AS asked (tenant, scope, period, starts)
                  JOIN budget_use AS held ON held.tenant_id = asked.tenant AND held.scope = asked.scope
                       AND held.period = asked.period AND held.starts = asked.starts
                 ORDER BY held.tenant_id, held.scope, held.period, held.starts
                   FOR UPDATE OF held
                """)
                .param("tenants", texts(keys, key -> key.tenant().value()))
                .param("scopes", texts(keys, UseKey::scope))
                .param("periods", texts(keys, key -> key.period().wire()))
                .param("starts", texts(keys, key -> key.starts().toString()))
                .query(row -> {
                    var use = use(row);
                    held.put(use.key(), use);
                });
        return held;
    }

    /** All of a tenant's rows whose periods are not over. */
    List<BudgetUse> running(TenantId tenant, Instant now) {
        return db.sql("""
                SELECT tenant_id, scope, period, starts, spent, last_price, told FROM budget_use
                 WHERE tenant_id = :tenant AND starts = CASE period WHEN 'day' THEN :day ELSE :month END
                """)
                .param("tenant", tenant.value())
                .param("day", Period.DAY.start(now))
                .param("month", Period.MONTH.start(now))
                .query((row, _) -> use(row))
                .list();
    }

    /**
     * @param made those that had no row when they were held
     * @throws ConcurrencyFailureException when another transaction has made one of them meanwhile
     */
    void write(Collection<BudgetUse> changed, Collection<BudgetUse> made) {
        if (!changed.isEmpty()) with(db.sql("""
                    UPDATE budget_use AS held SET spent = asked.spent, last_price = asked.price, told = asked.told
                      FROM unnest(:tenants::text[], :scopes::text[], :periods::text[], :starts::date[], :spent::bigint[],
                                  :prices::bigint[], :told::int[])
                           AS asked (tenant, scope, period, starts, spent, price, told)
                     WHERE held.tenant_id = asked.tenant AND held.scope = asked.scope AND held.period = asked.period
                       AND held.starts = asked.starts
                    """), changed).update();
        if (made.isEmpty()) return;
        var written = with(db.sql("""
                INSERT INTO budget_use (tenant_id, scope, period, starts, spent, last_price, told, expires_at)
                SELECT tenant, scope, period, starts, spent, price, told, expires
                  FROM unnest(:tenants::text[], :scopes::text[], :periods::text[], :starts::date[], :spent::bigint[],
                              :prices::bigint[], :told::int[], :expires::timestamptz[])
                       AS asked (tenant, scope, period, starts, spent, price, told, expires)
                 ORDER BY tenant, scope, period, starts
                ON CONFLICT DO NOTHING
                """), made)
                .param(
                        "expires",
                        texts(
                                made,
                                use -> use.key()
                                        .period()
                                        .end(use.key().starts())
                                        .plus(KEPT)
                                        .toString()))
                .update();
        if (written != made.size()) throw new ConcurrencyFailureException("A budget's use was begun twice at once");
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, Collection<BudgetUse> uses) {
        return statement
                .param("tenants", texts(uses, use -> use.key().tenant().value()))
                .param("scopes", texts(uses, use -> use.key().scope()))
                .param("periods", texts(uses, use -> use.key().period().wire()))
                .param("starts", texts(uses, use -> use.key().starts().toString()))
                .param("spent", uses.stream().map(use -> use.spent().micros()).toArray(Long[]::new))
                .param(
                        "prices",
                        uses.stream().map(use -> use.lastPrice().micros()).toArray(Long[]::new))
                .param("told", uses.stream().map(BudgetUse::told).toArray(Integer[]::new));
    }

    private static BudgetUse use(ResultSet row) throws SQLException {
        return new BudgetUse(
                new UseKey(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("scope"),
                        Period.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                        row.getObject("starts", LocalDate.class)),
                new Money(row.getLong("spent")),
                new Money(row.getLong("last_price")),
                row.getInt("told"));
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> member) {
        return rows.stream().map(member).toArray(String[]::new);
    }

    static Object utc(Instant moment) {
        return moment.atOffset(UTC);
    }
}
