package io.ringcode.upkeep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Sweeps every minute, on every node: what one has deleted, the others do not find. */
@Component
class Upkeep implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final long PERIOD_MILLIS = 60_000;

    private final List<Chore> chores;
    private @Nullable Thread thread;

    Upkeep(List<Chore> chores) {
        this.chores = chores;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("upkeep").start(this::loop);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) thread.interrupt();
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private static void run(Chore chore) {
        try {
            chore.run();
        } catch (DataAccessException failure) {
            log.warn(
                    "{} stay for now: {}",
                    chore.getClass().getSimpleName(),
                    failure.getClass().getSimpleName());
        }
    }

    private void loop() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                for (var chore : chores) run(chore);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
