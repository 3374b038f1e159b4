package io.ringcode.server;

import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A data folder with its PostgreSQL, and what a test asks of it. */
public record RunningPostgres(DataFolder data, EmbeddedPostgres postgres) implements AutoCloseable {
    public static RunningPostgres in(Path folder) {
        var data = DataFolder.open(folder);
        try {
            return new RunningPostgres(data, EmbeddedPostgres.start(data));
        } catch (RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public String ask(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    public boolean answers() {
        try {
            return ask("SELECT 1").equals("1");
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void close() {
        postgres.close();
        data.close();
    }
}
