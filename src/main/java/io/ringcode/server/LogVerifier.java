package io.ringcode.server;

import io.ringcode.server.storage.MasterKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the command {@code verify-log}: whether the log in a database is still what was written. Given by the program, since it knows the log. */
public interface LogVerifier {
    /** To the database of the command; whoever opens one closes it. */
    interface Connections {
        Connection open() throws SQLException;
    }

    /**
     * @param tenant null for all
     * @param heads a file with signed heads that were kept elsewhere, one in each line; null for none
     * @param progress how far it is
     * @param result a line of the report
     * @return whether nothing is wrong
     */
    boolean verify(
            Connections connections,
            MasterKeys keys,
            @Nullable String tenant,
            @Nullable Path heads,
            Consumer<String> progress,
            Consumer<String> result)
            throws SQLException, InterruptedException;
}
