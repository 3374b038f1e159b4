package io.ringcode.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What servers wrote at once, by lane, and how long it took them, as their metrics tell; empty where they have no such metric. */
record Batches(Map<String, Lane> lanes) {
    static final Batches NONE = new Batches(Map.of());

    private static final Pattern LINE = Pattern.compile(
            "ringcode_batch_(size_count|size_sum|time_seconds_count|time_seconds_sum)\\{[^}]*lane=\"([^\"]*)\"[^}]*} (\\S+)");

    /** @param seconds of {@code transactions}, from their begin to the end of their commit; look-ups are not timed */
    record Lane(double batches, double items, double transactions, double seconds) {
        private static Lane of(String metric, double value) {
            return switch (metric) {
                case "size_count" -> new Lane(value, 0, 0, 0);
                case "size_sum" -> new Lane(0, value, 0, 0);
                case "time_seconds_count" -> new Lane(0, 0, value, 0);
                case "time_seconds_sum" -> new Lane(0, 0, 0, value);
                default -> throw new IllegalArgumentException(metric);
            };
        }

        Lane plus(Lane other) {
            return new Lane(
                    batches + other.batches,
                    items + other.items,
                    transactions + other.transactions,
                    seconds + other.seconds);
        }

        Lane negative() {
            return new Lane(-batches, -items, -transactions, -seconds);
        }
    }

    static Batches of(List<ServerProcess> servers) {
        return servers.stream().map(Batches::of).reduce(NONE, Batches::plus);
    }

    private static Batches of(ServerProcess server) {
        var lanes = new TreeMap<String, Lane>();
        var found = LINE.matcher(metrics(server));
        while (found.find())
            lanes.merge(found.group(2), Lane.of(found.group(1), Double.parseDouble(found.group(3))), Lane::plus);
        return new Batches(lanes);
    }

    private static String metrics(ServerProcess server) {
        try (var connection = new Connection(server.port())) {
            return connection.get("/metrics").body();
        } catch (IOException broken) {
            throw new IllegalStateException("The server does not tell its metrics", broken);
        }
    }

    Batches plus(Batches other) {
        var sum = new TreeMap<>(lanes);
        other.lanes.forEach((name, lane) -> sum.merge(name, lane, Lane::plus));
        return new Batches(sum);
    }

    Batches minus(Batches earlier) {
        var difference = new TreeMap<>(lanes);
        earlier.lanes.forEach((name, lane) -> difference.merge(name, lane.negative(), Lane::plus));
        return new Batches(difference);
    }

    /** Such as {@code guess 8.9, start 9.1}: items in a batch on the average. */
    String sizes() {
        return means(Lane::items, Lane::batches);
    }

    /** Such as {@code guess 1.9, start 2.4}: milliseconds of a transaction on the average. */
    String times() {
        return means(lane -> lane.seconds() * 1000, Lane::transactions);
    }

    private String means(ToDoubleFunction<Lane> sum, ToDoubleFunction<Lane> count) {
        return lanes.entrySet().stream()
                .filter(lane -> count.applyAsDouble(lane.getValue()) > 0)
                .map(lane -> String.format(
                        Locale.ROOT,
                        "%s %.1f",
                        lane.getKey(),
                        sum.applyAsDouble(lane.getValue()) / count.applyAsDouble(lane.getValue())))
                .collect(Collectors.joining(", "));
    }
}
