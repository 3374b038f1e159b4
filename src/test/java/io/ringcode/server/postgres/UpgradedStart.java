package io.ringcode.server.postgres;

import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;

/** Starts the database of a folder as a server does, and says so, until it is killed. */
final class UpgradedStart {
    static final String DONE = "The database is there";

    private UpgradedStart() {}

    public static void main(String[] args) throws Exception {
        try (var data = DataFolder.open(Path.of(args[0]));
                var _ = EmbeddedPostgres.startUpgraded(data)) {
            System.out.println(DONE);
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
