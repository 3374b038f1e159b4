package io.ringcode.setup;

import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a start makes, each shown once. Those of applications are kept in a file that a shell can read.
 *
 * @param administratorLink the token of a link by which the first administrator comes in; null where there is one already
 */
record Credentials(
        @Nullable OfClient management,
        @Nullable OfDemo demo,
        @Nullable String administratorLink) {
    private static final String MANAGEMENT_FILE = "management-client.env";
    private static final String DEMO_FILE = "demo.env";

    record OfClient(String id, String secret) {
        @Override
        public String toString() {
            return "OfClient[" + id + ", •••]";
        }
    }

    record OfDemo(OfClient client, String username, String password) {
        @Override
        public String toString() {
            return "OfDemo[" + username + ", •••]";
        }
    }

    void write(DataFolder data) {
        if (management != null)
            data.writePrivate(
                    MANAGEMENT_FILE,
                    "RINGCODE_ADMIN_CLIENT_ID=" + management.id() + "\nRINGCODE_ADMIN_CLIENT_SECRET="
                            + management.secret() + "\n");
        if (demo != null)
            data.writePrivate(
                    DEMO_FILE,
                    "CLIENT_ID=" + demo.client().id() + "\nCLIENT_SECRET="
                            + demo.client().secret() + "\nUSERNAME=" + demo.username() + "\nPASSWORD="
                            + demo.password() + "\n");
    }

    static Path managementFile(DataFolder data) {
        return data.resolve(MANAGEMENT_FILE);
    }

    static Path demoFile(DataFolder data) {
        return data.resolve(DEMO_FILE);
    }
}
