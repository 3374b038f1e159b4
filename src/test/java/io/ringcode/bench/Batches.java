package io.ringcode.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What servers wrote at once, by lane, as their metrics count it; empty where they have no such metric. */
record Batches(Map<String, Lane> lanes) {
    static final Batches NONE = new Batches(Map.of());

    private static final Pattern LINE =
            Pattern.compile("ringcode_batch_size_(count|sum)\\{[^}]*lane=\"([^\"]*)\"[^}]*} (\\S+)");

    record Lane(double batches, double items) {
        Lane plus(Lane other) {
            return new Lane(batches + other.batches, items + other.items);
        }

        Lane negative() {
            return new Lane(-batches, -items);
        }
    }

    static Batches of(List<ServerProcess> servers) {
        return servers.stream().map(Batches::of).reduce(NONE, Batches::plus);
    }

    private static Batches of(ServerProcess server) {
        var lanes = new TreeMap<String, Lane>();
        var found = LINE.matcher(metrics(server));
        while (found.find()) {
            var value = Double.parseDouble(found.group(3));
            var lane = found.group(1).equals("count") ? new Lane(value, 0) : new Lane(0, value);
            lanes.merge(found.group(2), lane, Lane::plus);
        }
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
        return lanes.entrySet().stream()
                .filter(lane -> lane.getValue().batches() > 0)
                .map(lane -> String.format(
                        Locale.ROOT,
                        "%s %.1f",
                        lane.getKey(),
                        lane.getValue().items() / lane.getValue().batches()))
                .collect(Collectors.joining(", "));
    }
}
