package io.ringcode.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant without a carrier asks for more codes than its built-in quota has, at all servers at once. */
final class QuotaLoad {
    static final int PEOPLE = 400;
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Tenant tenant;
    private final List<Integer> ports;
    private final AtomicInteger granted = new AtomicInteger();

    QuotaLoad(Tenant tenant, List<Integer> ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    /** Comes back when so many were asked for, ten a second. @return how many were answered 200 */
    int ask(int codes) throws InterruptedException {
        var underWay = new Phaser(1);
        for (int i = 0; i < codes; i++) {
            var port = ports.get(i % ports.size());
            underWay.register();
            Thread.ofVirtual().start(() -> {
                once(port);
                underWay.arriveAndDeregister();
            });
            Thread.sleep(BETWEEN);
        }
        underWay.arriveAndAwaitAdvance();
        return granted.get();
    }

    private void once(int port) {
        try (var server = new MfaApi(tenant, port)) {
            var answer = server.askForCode(tenant.signIn(Set.of()).mfaToken());
            if (answer.status() == 200) granted.incrementAndGet();
        } catch (IOException broken) {
            // Nothing was promised.
        }
    }
}
