package io.ringcode.budget;

import io.ringcode.budget.BudgetUse.UseKey;
import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What carriers were asked for, with its price, as rows. */
@Component
class ChargeTable {
    private static final String COLUMNS = "tenant_id, client_id, country, channel, carrier, segments, micros, at";

    private final JdbcClient db;

    ChargeTable(JdbcClient db) {
        this.db = db;
    }

    /** A charge with its price. */
    record Priced(Charge charge, Money price) {}

    /** A charge as it is stored. */
    record Stored(
            TenantId tenant,
            @Nullable ClientId client,
            String country,
            String channel,
            String carrier,
            int segments,
            Money price,
            Instant at) {
        boolean isIn(BudgetScope scope) {
            return scope.covers(client, country, carrier);
        }
    }

    void insert(List<Priced> charges, Instant now) {
        if (charges.isEmpty()) return;
        db.sql("""
                INSERT INTO charge (tenant_id, message_id, attempt, client_id, country, channel, carrier, segments, micros, at)
                SELECT tenant, message, attempt, client, country, channel, carrier, segments, micros, :now
                  FROM unnest(:tenants::text[], :messages::uuid[], :attempts::int[], :clients::text[], :countries::text[],
                              :channels::text[], :carriers::text[], :segments::int[], :micros::bigint[])
                       AS one (tenant, message, attempt, client, country, channel, carrier, segments, micros)
                """)
                .param("now", BudgetTable.utc(now))
                .param("tenants", texts(charges, one -> one.charge().tenant().value()))
                .param("messages", texts(charges, one -> one.charge().message().toString()))
                .param(
                        "attempts",
                        charges.stream().map(one -> one.charge().attempt()).toArray(Integer[]::new))
                .param("clients", texts(charges, one -> {
                    var client = one.charge().client();
                    return client == null ? null : client.value();
                }))
                .param("countries", texts(charges, one -> one.charge().country()))
                .param("channels", texts(charges, one -> one.charge().channel().wire()))
                .param("carriers", texts(charges, one -> one.charge().carrier()))
                .param(
                        "segments",
                        charges.stream().map(one -> one.charge().segments()).toArray(Integer[]::new))
                .param(
                        "micros",
                        charges.stream().map(one -> one.price().micros()).toArray(Long[]::new))
                .update();
    }

    /** Deletes charges. @return those that there were */
    List<Stored> delete(Collection<Charge.Ref> charges) {
        return db.sql("DELETE FROM charge USING unnest(:tenants::text[], :messages::uuid[], :attempts::int[]) "
                        + "AS asked (tenant, message, number) "
                        + "WHERE tenant_id = tenant AND message_id = message AND attempt = number RETURNING " + COLUMNS)
                .param("tenants", texts(charges, one -> one.tenant().value()))
                .param("messages", texts(charges, one -> one.message().toString()))
                .param("attempts", charges.stream().map(Charge.Ref::attempt).toArray(Integer[]::new))
                .query((row, _) -> stored(row))
                .list();
    }

    /** Puts another price on a charge. @return as it was before; empty where there is none */
    List<Stored> reprice(Charge.Ref charge, Function<Stored, Money> price) {
        var before = db.sql(
                        "SELECT " + COLUMNS
                                + " FROM charge WHERE tenant_id = :tenant AND message_id = :message AND attempt = :attempt FOR UPDATE")
                .param("tenant", charge.tenant().value())
                .param("message", charge.message())
                .param("attempt", charge.attempt())
                .query((row, _) -> stored(row))
                .list();
        for (var one : before)
            db.sql("""
                    UPDATE charge SET micros = :micros
                     WHERE tenant_id = :tenant AND message_id = :message AND attempt = :attempt
                    """)
                    .param("tenant", charge.tenant().value())
                    .param("message", charge.message())
                    .param("attempt", charge.attempt())
                    .param("micros", price.apply(one).micros())
                    .update();
        return before;
    }

    /** What the messages of a scope have cost since its period began: for a budget that is new within it. */
    Money sum(UseKey key, BudgetScope scope) {
        return new Money(db.sql("""
                SELECT coalesce(sum(micros), 0)::bigint FROM charge
                 WHERE tenant_id = :tenant AND at >= :start
                   AND CASE :kind WHEN 'tenant' THEN true WHEN 'application' THEN client_id = :of
                            WHEN 'country' THEN country = :of ELSE carrier = :of END
                """)
                .param("tenant", key.tenant().value())
                .param(
                        "start",
                        key.starts().atStartOfDay(java.time.ZoneOffset.UTC).toOffsetDateTime())
                .param("kind", scope.kind().wire())
                .param("of", scope.of() == null ? "" : scope.of())
                .query(Long.class)
                .single());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var client = row.getString("client_id");
        return new Stored(
                new TenantId(row.getString("tenant_id")),
                client == null ? null : new ClientId(client),
                row.getString("country"),
                row.getString("channel"),
                row.getString("carrier"),
                row.getInt("segments"),
                new Money(row.getLong("micros")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, @Nullable String> member) {
        return rows.stream().map(member).toArray(String[]::new);
    }
}
