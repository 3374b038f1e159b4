package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.action.Execution.Result;
import io.ringcode.action.node.NodeRuntime;
import io.ringcode.action.node.PackageRegistry;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two servers on one database, each with packages in a data folder of its own. */
class UnusedPackagesTest {
    private static final String CODE = "module.exports = (recipient, text, context, cb) => cb(require('outer'));";
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_TRIES = 150;

    @Test
    void packages_go_on_every_server_when_no_version_refers_to_them_and_come_back_when_one_does() throws Exception {
        var clock = new TestClock();
        var database = TestDatabase.freshDatabase();
        try (var registry = new PackageRegistry();
                var carrier = new FakeCarrier()) {
            var settings = Map.of("RINGCODE_NPM_REGISTRY", registry.url().toString());
            registry.put("outer", "1.0.0", "module.exports = null;", Map.of());
            try (var here = Ringcode.on(database, carrier, clock, settings);
                    var there = Ringcode.on(database, carrier, clock, settings)) {
                var mine = Scripts.of(here.tenant());
                var theirs = new Scripts(mine.tenant().at(there));
                var hook = hook(mine);
                awaitSent(mine, hook);
                awaitSent(theirs, hook);

                Eventually.holds(
                        "installed there too",
                        () -> !there.bean(NodeRuntime.class).installed().isEmpty());
                clock.advance(Duration.ofDays(2));
                assertThat(left(here)).isOne();
                assertThat(left(there)).isOne();
                awaitSent(theirs, hook);

                mine.inTransaction(() -> mine.hooks().delete(mine.tenant().id(), hook));
                clock.advance(Duration.ofHours(2));
                assertThat(left(here)).as("still within the day").isOne();
                clock.advance(Duration.ofHours(23));
                assertThat(left(here)).isZero();
                assertThat(left(there)).isZero();

                var again = hook(mine);
                awaitSent(mine, again);
                // Where the other server may still think of the one that is gone.
                awaitSent(theirs, again);
            }
        }
    }

    private static String hook(Scripts scripts) throws Exception {
        var tenant = scripts.tenant();
        var draft =
                tenant.server().bean(Builds.class).build(tenant.id(), "outer", CODE, Map.of("outer", "^1.0.0"), null);
        return scripts.inTransaction(() -> scripts.hooks()
                .create(tenant.id(), "outer", Trigger.SEND_PHONE_MESSAGE, true, draft)
                .script()
                .id());
    }

    /** On a busy machine a server may install packages for longer than a run waits for them; then another message is asked for. */
    private static void awaitSent(Scripts scripts, String hook) throws Exception {
        Eventually.holds("sent by the script", Duration.ofMinutes(2), () -> sends(scripts, hook));
    }

    /** Whether one more run came to its end well. */
    private static boolean sends(Scripts scripts, String hook) throws InterruptedException {
        var tenant = scripts.tenant();
        var before = sent(tenant, hook);
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        for (int tries = 0; tries < MOST_TRIES && sent(tenant, hook) == before; tries++) Thread.sleep(PAUSE);
        return sent(tenant, hook) > before;
    }

    private static long sent(TestTenant tenant, String hook) {
        return tenant.server().bean(Executions.class).of(tenant.id(), hook, 0, 50).stream()
                .filter(run -> run.result() == Result.SENT)
                .count();
    }

    private static int left(Ringcode server) throws Exception {
        server.bean(UnusedPackages.class).run();
        return server.bean(NodeRuntime.class).installed().size();
    }
}
