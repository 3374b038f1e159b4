package io.ringcode;

import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL, the product's own: one cluster per JVM, one database per call, migrated once and then copied. */
public final class TestDatabase {
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestDatabase() {}

    public record Database(String url, String user, String password) {}

    /** A database of its own, with every migration applied and the default tenant in it. */
    public static Database freshDatabase() {
        return copyOf("template_ringcode");
    }

    /** A database with nothing in it at all. */
    public static Database emptyDatabase() {
        return copyOf("template1");
    }

    /** In this database, and besides its servers. */
    public static void execute(Database database, String sql) {
        Cluster.ONE.execute(database.url().replaceFirst(".*/", ""), sql);
    }

    /** Beside its databases, such as {@code ALTER DATABASE}. */
    public static void executeOutside(String sql) {
        Cluster.ONE.execute("postgres", sql);
    }

    public static long count(Database database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Database copyOf(String template) {
        var name = "test_" + MADE.incrementAndGet();
        Cluster.ONE.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
        return Cluster.ONE.database(name);
    }

    private static final class Cluster {
        static final Cluster ONE = new Cluster();

        private final Path folder;
        private final DataFolder data;
        private final EmbeddedPostgres postgres;

        Cluster() {
            try {
                folder = Files.createTempDirectory("ringcode-test");
            } catch (IOException full) {
                throw new IllegalStateException(full);
            }
            data = DataFolder.open(folder);
            postgres = EmbeddedPostgres.start(data);
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            // Nothing here outlives the JVM. What a crash may take is tested with servers that have a cluster of their
            // own.
            execute("postgres", "ALTER ROLE " + postgres.username() + " SET synchronous_commit = off");
            execute("postgres", "CREATE DATABASE template_ringcode");
            var template = database("template_ringcode");
            Flyway.configure()
                    .dataSource(template.url(), template.user(), template.password())
                    .load()
                    .migrate();
            execute("template_ringcode", "INSERT INTO tenant (id, created_at) VALUES ('default', now())");
        }

        Database database(String name) {
            var url = postgres.jdbcUrl().replace("/ringcode", "/" + name);
            return new Database(url, postgres.username(), postgres.password());
        }

        void execute(String database, String sql) {
            var where = database(database);
            try (var connection = DriverManager.getConnection(where.url(), where.user(), where.password());
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw new IllegalStateException(sql, failed);
            }
        }

        private void stop() {
            postgres.close();
            data.close();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            } catch (IOException left) {
                throw new IllegalStateException(left);
            }
        }
    }
}
