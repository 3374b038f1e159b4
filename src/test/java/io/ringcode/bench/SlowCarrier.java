package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/** How long one tenant's people wait while another tenant's carrier takes two seconds to answer, and fails one time in ten. */
final class SlowCarrier {
    private static final int QUICK_PER_SECOND = 50;
    private static final int SLOW_PER_SECOND = 200;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Times.window(30);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private SlowCarrier() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder);
                var carrier = new LeanCarrier(PAUSE, FAILURES)) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            var other = bed.seeded(Tenant::another, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of("RINGCODE_MITTO_BASE_URL", carrier.baseUrl()))) {
                var quick = bed.signIns("a quick carrier", tenant, Set.of(), server);
                var slow = bed.of("a slow carrier", List.of(server), () -> new Challenges(other, server.port()));
                bed.closed(quick, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var alone = bed.open(quick, QUICK_PER_SECOND, SETTLING, WINDOW);
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    var beside = threads.submit(() -> OpenLoop.run(slow, SLOW_PER_SECOND, SETTLING, WINDOW));
                    var with = bed.open(quick, QUICK_PER_SECOND, SETTLING, WINDOW);
                    report(alone, with, beside.get());
                }
            }
        }
    }

    private static void report(Measured alone, Measured with, Measured slow) {
        var quick = List.of(
                Report.Row.of(QUICK_PER_SECOND + " a second by a quick carrier, alone", alone),
                Report.Row.of("the same beside a tenant with a slow one", with));
        var other = List.of(Report.Row.of("that tenant's codes, " + SLOW_PER_SECOND + " a second", slow));
        Report.latencies(quick);
        Report.latencies(other);
        Report.errors(quick);
        Report.errors(other);
    }

    /** An application whose people ask for codes and type none. */
    private static final class Challenges implements User {
        private final Tenant tenant;
        private final MfaApi application;

        Challenges(Tenant tenant, int port) throws IOException {
            this.tenant = tenant;
            this.application = new MfaApi(tenant, port);
        }

        @Override
        public long[] ceremony() throws IOException {
            var person = tenant.signIn(Set.of());
            var start = System.nanoTime();
            application.challenge(person.mfaToken());
            return new long[] {System.nanoTime() - start};
        }

        @Override
        public void close() throws IOException {
            application.close();
        }
    }
}
