package io.ringcode.bench;

import io.ringcode.bench.Ledger.Spent;
import io.ringcode.bench.Machine.Cpu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** People of a tenant who come by a schedule, whatever becomes of those before them, and insist. */
record InsistentPeople(Tenant tenant, LeanCarrier carrier) {
    private static final int PER_SECOND = Integer.getInteger("ringcode.bench.rate", 50);
    private static final int REPLAYS_AT_ONCE = 16;

    /** Comes back when the last of them has done. */
    void comeTo(List<Integer> ports, Ledger ledger, Duration time) throws Exception {
        carrier.tell(ledger::carried);
        var subject = new Subject(
                "people",
                () -> new InsistentUser(tenant, ledger, ports),
                () -> new Cpu(0, 0, 0, 0),
                () -> Batches.NONE);
        var measured = OpenLoop.run(subject, PER_SECOND, Duration.ZERO, time);
        Report.progress(String.format(
                Locale.ROOT,
                "%d ceremonies, with half of them done in %.0f ms",
                measured.ceremonies(),
                measured.steps().getLast().p50()));
        measured.errors().forEach((error, count) -> Report.progress(count + " × " + error));
    }

    /** @return how many codes were taken once more */
    int typeAgain(List<Spent> spent, List<Integer> ports) throws Exception {
        var places = new Semaphore(REPLAYS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < spent.size(); i++) {
                var typed = spent.get(i);
                var port = ports.get(i % ports.size());
                answers.add(threads.submit(() -> {
                    places.acquire();
                    try (var server = new MfaApi(tenant, port)) {
                        return InsistentUser.guess(server, typed).status();
                    } finally {
                        places.release();
                    }
                }));
            }
            var taken = 0;
            for (var answer : answers) if (answer.get() == 200) taken++;
            return taken;
        }
    }
}
