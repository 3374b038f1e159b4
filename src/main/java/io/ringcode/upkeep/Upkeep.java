package io.ringcode.upkeep;

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

    private final ExpiredRows rows;
    private @Nullable Thread thread;

    Upkeep(ExpiredRows rows) {
        this.rows = rows;
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

    private void loop() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                try {
                    rows.sweep();
                } catch (DataAccessException failure) {
                    log.warn("Expired rows stay for now: {}", failure.getClass().getSimpleName());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
