package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * How long one tenant's people wait while another tenant's carrier takes two seconds to answer, and fails one time in ten; and,
 * to compare, beside as many codes by a carrier that is quick.
 */
final class SlowCarrier {
    private static final int PER_SECOND = 50;
    private static final int BESIDE_PER_SECOND = 200;
    /** More than a server holds in hand for one account while its carrier is slow. */
    private static final int FLOOD_PER_SECOND = 1000;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Times.window(30);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private SlowCarrier() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder);
                var carrier = new LeanCarrier()) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            var other = bed.seeded(Tenant::another, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of("RINGCODE_MITTO_BASE_URL", carrier.baseUrl()))) {
                var ours = bed.signIns("one tenant", tenant, Set.of(), server);
                var theirs = bed.of("another tenant", List.of(server), () -> new Challenges(other, server.port()));
                bed.closed(ours, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var alone = bed.open(ours, PER_SECOND, SETTLING, WINDOW);
                var quick = beside(theirs, BESIDE_PER_SECOND, bed, ours);
                carrier.falter(PAUSE, FAILURES);
                var slow = beside(theirs, BESIDE_PER_SECOND, bed, ours);
                report(alone, quick, slow, beside(theirs, FLOOD_PER_SECOND, bed, ours));
            }
        }
    }

    private record Both(Measured ours, Measured theirs) {}

    private static Both beside(Subject theirs, int perSecond, Testbed bed, Subject ours) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var beside = threads.submit(() -> OpenLoop.run(theirs, perSecond, SETTLING, WINDOW));
            return new Both(bed.open(ours, PER_SECOND, SETTLING, WINDOW), beside.get());
        }
    }

    private static void report(Measured alone, Both quick, Both slow, Both flood) {
        var ours = List.of(
                Report.Row.of(PER_SECOND + " a second, alone", alone),
                Report.Row.of("beside " + BESIDE_PER_SECOND + " codes a second of another tenant", quick.ours()),
                Report.Row.of("the same while that one's carrier is slow", slow.ours()),
                Report.Row.of("and sends " + FLOOD_PER_SECOND + " a second", flood.ours()));
        var theirs = List.of(
                Report.Row.of("the other's codes", quick.theirs()),
                Report.Row.of("the other's codes by its slow carrier", slow.theirs()),
                Report.Row.of(FLOOD_PER_SECOND + " a second by it", flood.theirs()));
        Report.latencies(ours);
        Report.latencies(theirs);
        Report.errors(ours);
        Report.errors(theirs);
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
