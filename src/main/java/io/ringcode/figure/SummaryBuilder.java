package io.ringcode.figure;

import io.ringcode.figure.Summary.Latency;
import io.ringcode.figure.Summary.OfCarrier;
import io.ringcode.figure.Summary.OfCountry;
import io.ringcode.figure.Summary.OfDay;
import io.ringcode.figure.Summary.OfLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What is added up, row by row, to a {@link Summary}. */
final class SummaryBuilder {
    private final Map<LocalDate, Sums> days = new HashMap<>();
    private final Map<String, Sums> countries = new HashMap<>();
    private final Map<Carrier, Sums> carriers = new HashMap<>();
    private final Map<Stage, Map<Carrier, Histogram>> latencies = new EnumMap<>(Stage.class);

    record Carrier(String provider, String channel) {
        static Carrier of(ResultSet row) throws SQLException {
            return new Carrier(row.getString("provider"), row.getString("channel"));
        }
    }

    /** How far a message has come, each with a time that it took. */
    enum Stage {
        ACCEPTED,
        DELIVERED;

        /** By its name in {@code figure_latency}. */
        static Stage of(String stage) {
            return valueOf(stage.toUpperCase(Locale.ROOT));
        }

        /** In a row of {@link Lines#YOUNG}. */
        String bucket() {
            return name().toLowerCase(Locale.ROOT) + "_bucket";
        }
    }

    void ofDay(LocalDate day, Sums sums) {
        days.merge(day, sums, Sums::plus);
    }

    void ofCountry(String country, Sums sums) {
        countries.merge(country, sums, Sums::plus);
    }

    void ofCarrier(Carrier carrier, Sums sums) {
        carriers.merge(carrier, sums, Sums::plus);
    }

    Histogram of(Stage stage, Carrier carrier) {
        return latencies.computeIfAbsent(stage, _ -> new HashMap<>()).computeIfAbsent(carrier, _ -> new Histogram());
    }

    /** @param today the last day */
    Summary build(LocalDate from, LocalDate today, List<OfLimit> limits) {
        return new Summary(
                days.values().stream().reduce(Sums.NONE, Sums::plus),
                from.datesUntil(today.plusDays(1))
                        .map(day -> new OfDay(day, days.getOrDefault(day, Sums.NONE)))
                        .toList(),
                countries.entrySet().stream()
                        .map(entry -> new OfCountry(entry.getKey(), entry.getValue()))
                        .sorted(busiest(OfCountry::sums).thenComparing(OfCountry::country))
                        .toList(),
                carriers.entrySet().stream()
                        .map(entry -> carrier(entry.getKey(), entry.getValue()))
                        .sorted(busiest(OfCarrier::sums)
                                .thenComparing(OfCarrier::provider)
                                .thenComparing(OfCarrier::channel))
                        .toList(),
                limits);
    }

    private OfCarrier carrier(Carrier carrier, Sums sums) {
        return new OfCarrier(
                carrier.provider(),
                carrier.channel(),
                sums,
                latency(Stage.ACCEPTED, carrier),
                latency(Stage.DELIVERED, carrier));
    }

    private Latency latency(Stage stage, Carrier carrier) {
        return of(stage, carrier).latency();
    }

    private static <T> Comparator<T> busiest(Function<T, Sums> sums) {
        return Comparator.comparing(
                sums, Comparator.comparingLong(Sums::messages).reversed());
    }
}
