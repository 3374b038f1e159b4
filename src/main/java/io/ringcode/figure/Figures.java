package io.ringcode.figure;

import static io.ringcode.figure.Lines.BOUNDS;
import static io.ringcode.figure.Lines.HOURLY_LATENCIES;
import static io.ringcode.figure.Lines.HOURS;
import static io.ringcode.figure.Lines.LATENCIES;
import static io.ringcode.figure.Lines.LIMITS;
import static io.ringcode.figure.Lines.LIMIT_TYPES;
import static io.ringcode.figure.Lines.LOGIN;
import static io.ringcode.figure.Lines.SUMS;
import static io.ringcode.figure.Lines.WITH_LINES;
import static java.time.ZoneOffset.UTC;

import io.ringcode.figure.Summary.Latency;
import io.ringcode.figure.Summary.OfCarrier;
import io.ringcode.figure.Summary.OfCountry;
import io.ringcode.figure.Summary.OfDay;
import io.ringcode.figure.Summary.OfHour;
import io.ringcode.figure.Summary.OfLimit;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds what is summed to what is not yet. */
@Component
public class Figures {
    private static final String SUMMARY = WITH_LINES + """
            , rows AS (
                SELECT day, provider, channel, country, currency, messages, sent, delivered, failed, codes, verified, cost
                  FROM figure WHERE tenant_id = :tenant AND day >= :from
                 UNION ALL
            """ + SUMS + """
            )
            SELECT grouping(day, country, provider) AS kind, day, country, provider, channel, currency,
                   sum(messages) AS messages, sum(sent) AS sent, sum(delivered) AS delivered, sum(failed) AS failed,
                   sum(codes) AS codes, sum(verified) AS verified, sum(cost) AS cost
              FROM rows
             GROUP BY GROUPING SETS ((day, currency), (country, currency), (provider, channel, currency))
            """;
    private static final int BY_DAY = 0b011;
    private static final int BY_COUNTRY = 0b101;

    private static final String ALL_LATENCIES = WITH_LINES + """
            , rows AS (
                SELECT day, provider, channel, stage, bucket, messages
                  FROM figure_latency WHERE tenant_id = :tenant AND day >= :from
                 UNION ALL
            """ + LATENCIES + """
            )
            SELECT provider, channel, stage, bucket, sum(messages) AS messages
              FROM rows GROUP BY provider, channel, stage, bucket
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

    Figures(JdbcClient db, FigureRolls rolls, Clock clock) {
        this.db = db;
        this.rolls = rolls;
        this.clock = clock;
    }

    /** @param days how many, today (UTC) among them */
    public Summary summary(TenantId tenant, int days) {
        var end = clock.instant().plusSeconds(1);
        var today = end.atOffset(UTC).toLocalDate();
        var from = today.minusDays(days - 1L);
        var start = from.atStartOfDay(UTC).toInstant();
        var rolled = rolls.until(tenant).orElse(Instant.EPOCH);
        var window = new HashMap<>(window(tenant, rolled.isAfter(start) ? rolled : start, end));
        window.put("from", from);

        var byDay = new HashMap<LocalDate, Sums>();
        var byCountry = new HashMap<String, Sums>();
        var byCarrier = new HashMap<Carrier, Sums>();
        db.sql(SUMMARY).params(window).query(row -> {
            var sums = sums(row);
            switch (row.getInt("kind")) {
                case BY_DAY -> byDay.merge(row.getObject("day", LocalDate.class), sums, Figures::add);
                case BY_COUNTRY -> byCountry.merge(row.getString("country"), sums, Figures::add);
                default -> byCarrier.merge(Carrier.of(row), sums, Figures::add);
            }
        });
        return new Summary(
                byDay.values().stream().reduce(Sums.NONE, Figures::add),
                from.datesUntil(today.plusDays(1))
                        .map(day -> new OfDay(day, byDay.getOrDefault(day, Sums.NONE)))
                        .toList(),
                byCountry.entrySet().stream()
                        .map(entry -> new OfCountry(entry.getKey(), entry.getValue()))
                        .sorted(busiest(OfCountry::sums).thenComparing(OfCountry::country))
                        .toList(),
                carriers(byCarrier, window),
                limits(window));
    }

    private record Carrier(String provider, String channel) {
        static Carrier of(ResultSet row) throws SQLException {
            return new Carrier(row.getString("provider"), row.getString("channel"));
        }
    }

    private List<OfCarrier> carriers(Map<Carrier, Sums> sums, Map<String, Object> window) {
        var accepted = new HashMap<Carrier, Histogram>();
        var delivered = new HashMap<Carrier, Histogram>();
        db.sql(ALL_LATENCIES).params(window).query(row -> {
            var stage = row.getString("stage").equals("accepted") ? accepted : delivered;
            stage.computeIfAbsent(Carrier.of(row), _ -> new Histogram())
                    .add(row.getInt("bucket"), row.getLong("messages"));
        });
        return sums.entrySet().stream()
                .map(entry -> new OfCarrier(
                        entry.getKey().provider(),
                        entry.getKey().channel(),
                        entry.getValue(),
                        latency(accepted, entry.getKey()),
                        latency(delivered, entry.getKey())))
                .sorted(busiest(OfCarrier::sums)
                        .thenComparing(OfCarrier::provider)
                        .thenComparing(OfCarrier::channel))
                .toList();
    }

    private static Latency latency(Map<Carrier, Histogram> histograms, Carrier carrier) {
        return histograms.getOrDefault(carrier, new Histogram()).latency();
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
            sums.merge(row.getInt("hour"), sums(row), Figures::add);
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
                "before", before(since),
                "sinceTime", since.atOffset(UTC),
                "untilTime", until.atOffset(UTC),
                "bounds", java.util.Arrays.stream(BOUNDS).boxed().toArray(Integer[]::new),
                "types", LIMIT_TYPES);
    }

    private static UUID before(Instant since) {
        return TimedId.floor(since.isAfter(Instant.EPOCH.plus(LOGIN)) ? since.minus(LOGIN) : Instant.EPOCH);
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

    private static Sums add(Sums one, Sums other) {
        var cost = new HashMap<>(one.cost());
        other.cost().forEach((currency, amount) -> cost.merge(currency, amount, BigDecimal::add));
        var priced = new HashMap<>(one.priced());
        other.priced().forEach((currency, messages) -> priced.merge(currency, messages, Long::sum));
        return new Sums(
                one.messages() + other.messages(),
                one.sent() + other.sent(),
                one.delivered() + other.delivered(),
                one.failed() + other.failed(),
                one.codes() + other.codes(),
                one.verified() + other.verified(),
                cost,
                priced);
    }

    private static <T> Comparator<T> busiest(java.util.function.Function<T, Sums> sums) {
        return Comparator.comparing(
                sums, Comparator.comparingLong(Sums::messages).reversed());
    }
}
