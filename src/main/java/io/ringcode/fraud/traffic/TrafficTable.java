package io.ringcode.fraud.traffic;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.traffic.TenantTraffic.Kept;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the fraud guard stores of traffic, many rows with one statement. */
@Component
class TrafficTable {
    /** A code's life and what is late. */
    static final int PAGE = 20_000;

    static final Duration EVENTS = Duration.ofMinutes(15);

    private static final Duration SCOPES = Duration.ofDays(30);
    static final Duration PROVED = Duration.ofDays(90);

    private final JdbcClient db;

    TrafficTable(JdbcClient db) {
        this.db = db;
    }

    /** An event as it is stored. */
    record Stored(long id, UUID server, TrafficEvent event) {}

    /** @return the ids of the rows */
    List<Long> add(List<TrafficEvent> events, UUID server) {
        if (events.isEmpty()) return List.of();
        return db.sql("""
                WITH known AS MATERIALIZED (SELECT id FROM known_tenant WHERE id = ANY (:tenants) ORDER BY id FOR KEY SHARE)
                INSERT INTO fraud_event (tenant_id, server, kind, at, session, number, account, digits, country, address, network,
                                         wide_network, asn, flags, life, scope, price, expires_at)
                SELECT tenant, :server, kind, at, session, number, account, digits, country, address, network, wide, asn, flags,
                       life, scope, price, at + :kept::interval
                  FROM unnest(:tenants::text[], :kinds::text[], :at::timestamptz[], :sessions::uuid[], :numbers::bigint[],
                              :accounts::bigint[], :digits::text[], :countries::text[], :addresses::bigint[],
                              :networks::bigint[], :wide::bigint[], :asn::integer[], :flags::integer[], :lives::integer[],
                              :scopes::text[], :prices::double precision[])
                       WITH ORDINALITY AS one (tenant, kind, at, session, number, account, digits, country, address, network,
                                               wide, asn, flags, life, scope, price, place)
                  -- A tenant that is deleted meanwhile takes nobody else's rows along: its row is held until these stand.
                  JOIN known ON known.id = one.tenant
                 ORDER BY place
                RETURNING id
                """)
                .param("server", server)
                .param("kept", EVENTS.toSeconds() + " seconds")
                .param("tenants", array(events, event -> event.tenant().value()))
                .param("kinds", array(events, TrafficTable::kind))
                .param("at", array(events, event -> time(event.at()).toString()))
                .param("sessions", array(events, event -> text(session(event))))
                .param("numbers", array(events, event -> text(ask(event, MessageRequest::number))))
                .param("accounts", array(events, event -> text(ask(event, MessageRequest::account))))
                .param("digits", array(events, event -> ask(event, MessageRequest::digits)))
                .param("countries", array(events, event -> ask(event, MessageRequest::country)))
                .param("addresses", array(events, event -> text(ask(event, MessageRequest::address))))
                .param("networks", array(events, event -> text(ask(event, MessageRequest::network))))
                .param("wide", array(events, event -> text(ask(event, MessageRequest::wideNetwork))))
                .param("asn", array(events, event -> text(ask(event, MessageRequest::asn))))
                .param("flags", array(events, event -> Integer.toString(flags(event))))
                .param(
                        "lives",
                        array(
                                events,
                                event -> event instanceof TrafficEvent.Sent sent ? Long.toString(sent.life()) : "0"))
                .param(
                        "scopes",
                        array(
                                events,
                                event -> event instanceof TrafficEvent.Release release
                                        ? release.scope().key()
                                        : null))
                .param("prices", array(events, event -> text(ask(event, TrafficTable::price))))
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    /** The events of each tenant after its id, in the order of their ids. */
    List<Stored> after(Map<TenantId, Long> cursors) {
        if (cursors.isEmpty()) return List.of();
        return db.sql("""
                SELECT seen.*
                  FROM unnest(:tenants::text[], :after::bigint[]) AS asked (tenant, after),
                       LATERAL (SELECT * FROM fraud_event WHERE tenant_id = asked.tenant AND id > asked.after ORDER BY id LIMIT :page)
                       AS seen
                 ORDER BY seen.id
                """)
                .param("tenants", cursors.keySet().stream().map(TenantId::value).toArray(String[]::new))
                .param("page", PAGE)
                .param("after", cursors.values().toArray(Long[]::new))
                .query((row, _) -> new Stored(row.getLong("id"), row.getObject("server", UUID.class), event(row)))
                .list();
    }

    /** What is kept of a tenant's scopes, the latest first. */
    record KeptAt(Kept kept, long at) {}

    List<KeptAt> scopes(TenantId tenant) {
        return db.sql("SELECT scope, sums, at FROM fraud_scope WHERE tenant_id = :tenant ORDER BY at DESC LIMIT :most")
                .param("tenant", tenant.value())
                .param("most", Scopes.MOST)
                .query((row, _) -> new KeptAt(
                        new Kept(row.getString("scope"), doubles(row)),
                        row.getObject("at", OffsetDateTime.class).toInstant().toEpochMilli()))
                .list();
    }

    private static double[] doubles(ResultSet row) throws SQLException {
        var array = (Double[]) row.getArray("sums").getArray();
        var sums = new double[array.length];
        for (int i = 0; i < sums.length; i++) sums[i] = array[i];
        return sums;
    }

    void keep(TenantId tenant, List<Kept> changed, long now) {
        if (changed.isEmpty()) return;
        db.sql("""
                INSERT INTO fraud_scope AS held (tenant_id, scope, sums, at, expires_at)
                SELECT :tenant, scope, sums::double precision[], :now, :expires
                  FROM unnest(:scopes::text[], :sums::text[]) AS one (scope, sums)
                 WHERE EXISTS (SELECT FROM known_tenant WHERE id = :tenant FOR KEY SHARE)
                 ORDER BY scope
                ON CONFLICT (tenant_id, scope) DO UPDATE
                   SET sums = excluded.sums, at = excluded.at, expires_at = excluded.expires_at
                """)
                .param("tenant", tenant.value())
                .param("scopes", array(changed, Kept::key))
                .param("sums", array(changed, one -> braces(one.sums())))
                .param("now", time(now))
                .param("expires", time(now).plus(SCOPES))
                .update();
    }

    private static String braces(double[] sums) {
        var text = new StringBuilder("{");
        for (int i = 0; i < sums.length; i++) text.append(i == 0 ? "" : ",").append(sums[i]);
        return text.append('}').toString();
    }

    /** Those that were used the longest ago go, where a tenant has more than are kept in memory. */
    void trim(TenantId tenant) {
        db.sql("""
                DELETE FROM fraud_scope WHERE tenant_id = :tenant AND at < (
                    SELECT at FROM fraud_scope WHERE tenant_id = :tenant ORDER BY at DESC OFFSET :most LIMIT 1)
                """).param("tenant", tenant.value()).param("most", Scopes.MOST).update();
    }

    /** A number or account that has typed a code. */
    record Proved(TenantId tenant, long subject, long at) {}

    void prove(Collection<Proved> proved) {
        if (proved.isEmpty()) return;
        db.sql("""
                WITH known AS MATERIALIZED (SELECT id FROM known_tenant WHERE id = ANY (:tenants) ORDER BY id FOR KEY SHARE)
                INSERT INTO fraud_proved AS held (tenant_id, subject, at, expires_at)
                SELECT tenant, subject, max(at), max(at) + :kept::interval
                  FROM unnest(:tenants::text[], :subjects::bigint[], :at::timestamptz[]) AS one (tenant, subject, at)
                  JOIN known ON known.id = one.tenant
                 GROUP BY tenant, subject ORDER BY tenant, subject
                ON CONFLICT (tenant_id, subject) DO UPDATE
                   SET at = greatest(held.at, excluded.at), expires_at = greatest(held.expires_at, excluded.expires_at)
                """)
                .param("kept", PROVED.toDays() + " days")
                .param("tenants", array(proved, one -> one.tenant().value()))
                .param("subjects", array(proved, one -> Long.toString(one.subject())))
                .param("at", array(proved, one -> time(one.at()).toString()))
                .update();
    }

    /** Which of the subjects have typed a code, and when the last time. */
    Map<Long, Long> proved(TenantId tenant, List<Long> subjects, long now) {
        var proved = new HashMap<Long, Long>();
        db.sql(
                        "SELECT subject, at FROM fraud_proved WHERE tenant_id = :tenant AND subject = ANY (:subjects) AND at > :since")
                .param("tenant", tenant.value())
                .param("subjects", subjects.toArray(Long[]::new))
                .param("since", time(now).minus(PROVED))
                .query(row -> {
                    proved.put(
                            row.getLong("subject"),
                            row.getObject("at", OffsetDateTime.class)
                                    .toInstant()
                                    .toEpochMilli());
                });
        return proved;
    }

    private static String kind(TrafficEvent event) {
        return switch (event) {
            case TrafficEvent.Sent _ -> "sent";
            case TrafficEvent.Typed _ -> "typed";
            case TrafficEvent.Unknown _ -> "unknown";
            case TrafficEvent.Release _ -> "release";
        };
    }

    private static @Nullable UUID session(TrafficEvent event) {
        return switch (event) {
            case TrafficEvent.Sent sent -> sent.ask().session();
            case TrafficEvent.Typed typed -> typed.session();
            case TrafficEvent.Unknown unknown -> unknown.session();
            case TrafficEvent.Release _ -> null;
        };
    }

    private static <T> @Nullable T ask(TrafficEvent event, Function<MessageRequest, @Nullable T> member) {
        return event instanceof TrafficEvent.Sent sent ? member.apply(sent.ask()) : null;
    }

    private static @Nullable Double price(MessageRequest ask) {
        return ask.about().price() == 0 ? null : (Double) ask.about().price();
    }

    private static int flags(TrafficEvent event) {
        return event instanceof TrafficEvent.Sent sent ? AskFlags.of(sent).bits() : 0;
    }

    private static TrafficEvent event(ResultSet row) throws SQLException {
        var tenant = new TenantId(row.getString("tenant_id"));
        var at = row.getObject("at", OffsetDateTime.class).toInstant().toEpochMilli();
        var session = row.getObject("session", UUID.class);
        return switch (row.getString("kind")) {
            case "typed" -> new TrafficEvent.Typed(tenant, at, session);
            case "unknown" -> new TrafficEvent.Unknown(tenant, at, session);
            case "release" -> new TrafficEvent.Release(tenant, at, Scope.ofKey(row.getString("scope")));
            default -> {
                var flags = new AskFlags(row.getInt("flags"));
                var ask = new MessageRequest(
                        session,
                        row.getLong("number"),
                        row.getObject("account", Long.class),
                        row.getString("digits"),
                        row.getString("country"),
                        flags.voice(),
                        flags.knownRange(),
                        flags.confirmed(),
                        row.getObject("address", Long.class),
                        row.getObject("network", Long.class),
                        row.getObject("wide_network", Long.class),
                        row.getInt("asn"),
                        flags.hosting(),
                        new Circumstances(flags.account(), flags.form(), row.getDouble("price")));
                yield new TrafficEvent.Sent(tenant, at, ask, flags.proof(), flags.probe(), row.getInt("life"));
            }
        };
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(UTC);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static <T> @Nullable String[] array(Collection<T> rows, Function<T, @Nullable String> member) {
        var texts = new ArrayList<@Nullable String>();
        for (var row : rows) texts.add(member.apply(row));
        return texts.toArray(String[]::new);
    }
}
