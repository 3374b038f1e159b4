package io.ringcode.action;

import io.ringcode.action.node.NodeRuntime;
import io.ringcode.upkeep.Chore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Packages in this server's data folder that no version of any script refers to any more. Another server has a folder of its
 * own, and the versions in the database are everybody's.
 */
@Component
class UnusedPackages implements Chore {
    private static final Logger log = LoggerFactory.getLogger(UnusedPackages.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final NodeRuntime node;
    private final VersionTable versions;
    private final Clock clock;
    private Instant due = Instant.MIN;

    UnusedPackages(NodeRuntime node, VersionTable versions, Clock clock) {
        this.node = node;
        this.versions = versions;
        this.clock = clock;
    }

    @Override
    public synchronized void run() {
        var now = clock.instant();
        if (now.isBefore(due)) return;
        due = now.plus(PERIOD);
        try {
            var installed = node.installed();
            if (installed.isEmpty()) return;
            var gone = node.prune(versions.locked(installed));
            if (gone > 0) log.info("Deleted {} sets of packages that no script uses any more", gone);
        } catch (IOException stuck) {
            log.warn("Unused packages of hooks stay for now: {}", stuck.getMessage());
        }
    }
}
