package io.ringcode.action;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Builds of actions, which nobody waits for: how far one is stands in its version. */
@Component
class BackgroundBuilds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackgroundBuilds.class);
    private static final long NOTE_EVERY_NANOS = 500_000_000;

    private final Builds builds;
    private final VersionTable versions;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("action-build-", 0).daemon().factory());

    BackgroundBuilds(Builds builds, VersionTable versions, Clock clock) {
        this.builds = builds;
        this.versions = versions;
        this.clock = clock;
    }

    void start(Script script, Version version) {
        threads.execute(() -> {
            try {
                build(script, version);
            } catch (RuntimeException failure) {
                log.error("The build of action {} broke off", script.id(), failure);
            }
        });
    }

    private void build(Script script, Version version) {
        var tenant = script.tenant();
        var noted = new long[] {System.nanoTime()};
        try {
            var lock = builds.install(tenant, script.name(), version.dependencies(), progress -> {
                if (System.nanoTime() - noted[0] < NOTE_EVERY_NANOS) return;
                noted[0] = System.nanoTime();
                versions.note(tenant, script.id(), version.number(), progress);
            });
            versions.built(tenant, script.id(), version.number(), lock, clock.instant());
        } catch (ScriptRefused failed) {
            versions.failed(tenant, script.id(), version.number(), failed.sentence());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
