package io.ringcode.bench;

import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** From the launcher's start to the first answer of a server that is ready: medians of five, in seconds. */
record Starts(double external, double empty, double used, long resident) {
    private static final int TIMES = 5;

    private interface Start {
        ServerProcess times(int number) throws Exception;
    }

    static Starts measure(Path home, Path folder) throws Exception {
        var resident = new long[1];
        double external;
        Report.progress("starts on an external database");
        try (var data = DataFolder.open(folder.resolve("external"));
                var postgres = EmbeddedPostgres.start(data)) {
            var environment = Testbed.environment(postgres);
            ServerProcess.start(home, folder.resolve("migrating"), environment).close();
            external = median(i -> ServerProcess.start(home, folder.resolve("node-" + i), environment), resident);
        }
        Report.progress("starts with a database of its own");
        var unused = new long[1];
        var empty = median(i -> ServerProcess.start(home, folder.resolve("own-" + i), Map.of()), unused);
        var used = median(_ -> ServerProcess.start(home, folder.resolve("own-0"), Map.of()), unused);
        return new Starts(external, empty, used, resident[0]);
    }

    private static double median(Start start, long[] resident) throws Exception {
        var times = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            try (var server = start.times(i)) {
                times[i] = server.startedIn().toMillis() / 1e3;
                resident[0] = Machine.resident(server.handle());
            }
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }
}
