package io.ringcode.server;

import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Runs a database and writes to it until it is killed, saying each number once it is committed. */
public final class AcknowledgedWrites {
    private AcknowledgedWrites() {}

    public static void main(String[] args) throws Exception {
        var data = DataFolder.open(Path.of(args[0]));
        var postgres = EmbeddedPostgres.start(data);
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE acknowledged (number int PRIMARY KEY)");
            for (int number = 1; ; number++) {
                statement.execute("INSERT INTO acknowledged VALUES (" + number + ")");
                System.out.println("acknowledged " + number);
            }
        }
    }
}
