package io.ringcode.action;

import io.ringcode.action.node.NodeRuntime;
import io.ringcode.schedule.RecurringTask;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Packages in this server's data folder that no version of any script refers to any more. Another server has a folder of its
 * own, and the versions in the database are everybody's.
 */
@Component
class UnusedPackages implements RecurringTask {
    private static final Logger log = LoggerFactory.getLogger(UnusedPackages.class);

    private final NodeRuntime node;
    private final VersionTable versions;

    UnusedPackages(NodeRuntime node, VersionTable versions) {
        this.node = node;
        this.versions = versions;
    }

    @Override
    public String name() {
        return "unused-packages";
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
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
