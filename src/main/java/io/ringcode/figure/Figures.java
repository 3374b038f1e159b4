package io.ringcode.figure;

import static io.ringcode.figure.Lines.BOUNDS;
import static io.ringcode.figure.Lines.HOURLY_LATENCIES;
import static io.ringcode.figure.Lines.HOURS;
import static io.ringcode.figure.Lines.LIMITS;
import static io.ringcode.figure.Lines.LIMIT_TYPES;
import static io.ringcode.figure.Lines.WITH_LINES;
import static io.ringcode.figure.Lines.YOUNG;
import static java.time.ZoneOffset.UTC;

import io.ringcode.figure.Summary.Latency;
import io.ringcode.figure.Summary.OfHour;
import io.ringcode.figure.Summary.OfLimit;
import io.ringcode.figure.SummaryBuilder.Carrier;
import io.ringcode.figure.SummaryBuilder.Stage;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds what is summed to what is not yet. */
@Component
public class Figures {
    private static final String SUMMED = """
            SELECT grouping(day, country, provider) AS kind, day, country, provider, channel, currency,
                   sum(messages) AS messages, sum(sent) AS sent, sum(delivered) AS delivered, sum(failed) AS failed,
                   sum(codes) AS codes, sum(verified) AS verified, sum(cost) AS cost
              FROM figure WHERE tenant_id = :tenant AND day >= :from
             GROUP BY GROUPING SETS ((day, currency), (country, currency), (provider, channel, currency))
            """;
    private static final int BY_DAY = 0b011;
    private static final int BY_COUNTRY = 0b101;

    private static final String SUMMED_LATENCIES = """
            SELECT provider, channel, stage, bucket, sum(messages) AS messages
              FROM figure_latency WHERE tenant_id = :tenant AND day >= :from
             GROUP BY provider, channel, stage, bucket
            """;

    private static final String ALL_LIMITS = """
            SELECT what, sum(events) AS events FROM (
                SELECT day, what, events FROM figure_limit WHERE tenant_id = :tenant AND day >= :from
                 UNION ALL
            """ + LIMITS + """
            ) AS rows GROUP BY what ORDER BY events DESC, what
            """;

    private static final Latency NO_LATENCY = new Latency(0, 0, 0);

    private final JdbcClient db;
    private final FigureRolls rolls;
    private final Clock clock;
    private final TransactionTemplate snapshot;

    Figures(JdbcClient db, FigureRolls rolls, Clock clock, PlatformTransactionManager transactions) {
        this.db = db;
        this.rolls = rolls;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** @param days how many, today (UTC) among them */
    public Summary summary(TenantId tenant, int days) {
        var end = clock.instant().plusSeconds(1);
        var today = end.atOffset(UTC).toLocalDate();
        var from = today.minusDays(days - 1L);
        // Of one moment: what is summed meanwhile would be read as young and again as a sum.
        return Objects.requireNonNull(snapshot.execute(_ -> summary(tenant, from, today, end)));
    }

    private Summary summary(TenantId tenant, LocalDate from, LocalDate today, Instant end) {
        var start = from.atStartOfDay(UTC).toInstant();
        var summed = rolls.until(tenant).orElse(Instant.EPOCH);
        var window = new HashMap<>(window(tenant, summed.isAfter(start) ? summed : start, end));
        window.put("from", from);
        var builder = new SummaryBuilder();
        readSummed(window, builder);
        readYoung(window, builder);
        return builder.build(from, today, limits(window));
    }

    private void readSummed(Map<String, Object> window, SummaryBuilder builder) {
        db.sql(SUMMED).params(window).query(row -> {
            var sums = sums(row);
            switch (row.getInt("kind")) {
                case BY_DAY -> builder.ofDay(row.getObject("day", LocalDate.class), sums);
                case BY_COUNTRY -> builder.ofCountry(row.getString("country"), sums);
                default -> builder.ofCarrier(Carrier.of(row), sums);
            }
        });
        db.sql(SUMMED_LATENCIES).params(window).query(row -> {
            builder.of(Stage.of(row.getString("stage")), Carrier.of(row))
                    .add(row.getInt("bucket"), row.getLong("messages"));
        });
    }

    private void readYoung(Map<String, Object> window, SummaryBuilder builder) {
        db.sql(WITH_LINES + YOUNG).params(window).query(row -> {
            var sums = sums(row);
            var carrier = Carrier.of(row);
            builder.ofDay(row.getObject("day", LocalDate.class), sums);
            builder.ofCountry(row.getString("country"), sums);
            builder.ofCarrier(carrier, sums);
            for (var stage : Stage.values()) {
                var bucket = row.getObject(stage.bucket(), Integer.class);
                if (bucket != null) builder.of(stage, carrier).add(bucket, sums.messages());
            }
        });
    }

    private List<OfLimit> limits(Map<String, Object> window) {
        return db.sql(ALL_LIMITS)
                .params(window)
                .query((row, _) ->
                        new OfLimit(row.getString("what"), query(row.getString("what")), row.getLong("events")))
                .list();
    }

    private static String query(String what) {
        return "type:(" + String.join(" OR ", LIMIT_TYPES) + ") AND description:\"" + what.replace("\"", "\\\"") + "\"";
    }

    /** Each hour of a day (UTC), also those without messages: read from the messages themselves, as long as those are kept. */
    public List<OfHour> hours(TenantId tenant, LocalDate day) {
        var window = window(
                tenant,
                day.atStartOfDay(UTC).toInstant(),
                day.plusDays(1).atStartOfDay(UTC).toInstant());
        var sums = new HashMap<Integer, Sums>();
        db.sql(WITH_LINES + HOURS).params(window).query(row -> {
            sums.merge(row.getInt("hour"), sums(row), Sums::plus);
        });
        var latencies = new HashMap<Integer, OfHour>();
        db.sql(WITH_LINES + HOURLY_LATENCIES).params(window).query(row -> {
            var hour = row.getInt("hour");
            latencies.put(
                    hour,
                    new OfHour(
                            hour,
                            sums.getOrDefault(hour, Sums.NONE),
                            latency(row, "accepted"),
                            latency(row, "delivered")));
        });
        return IntStream.range(0, 24)
                .mapToObj(hour -> latencies.getOrDefault(hour, new OfHour(hour, Sums.NONE, NO_LATENCY, NO_LATENCY)))
                .toList();
    }

    private static Latency latency(ResultSet row, String stage) throws SQLException {
        return new Latency(row.getLong(stage), row.getLong(stage + "_p50"), row.getLong(stage + "_p95"));
    }

    /** What the statements of {@link Lines} ask for. */
    static Map<String, Object> window(TenantId tenant, Instant since, Instant until) {
        return Map.of(
                "tenant", tenant.value(),
                "since", TimedId.floor(since),
                "until", TimedId.floor(until),
                "sinceTime", since.atOffset(UTC),
                "untilTime", until.atOffset(UTC),
                "bounds", java.util.Arrays.stream(BOUNDS).boxed().toArray(Integer[]::new),
                "types", LIMIT_TYPES);
    }

    private static Sums sums(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new Sums(
                row.getLong("messages"),
                row.getLong("sent"),
                row.getLong("delivered"),
                row.getLong("failed"),
                row.getLong("codes"),
                row.getLong("verified"),
                currency.isEmpty() ? Map.of() : Map.of(currency, row.getBigDecimal("cost")),
                currency.isEmpty() ? Map.of() : Map.of(currency, row.getLong("messages")));
    }
}
