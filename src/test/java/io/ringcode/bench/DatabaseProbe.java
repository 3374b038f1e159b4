package io.ringcode.bench;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Writes a row again and again by bare JDBC, to tell when the database itself was back. */
final class DatabaseProbe implements AutoCloseable {
    private static final long PAUSE_MILLISECONDS = 50;

    private final String url;
    private final Properties properties = new Properties();
    private final Moments writes = new Moments();
    private final Thread thread;
    private volatile boolean over;

    /** @param url the one that the servers have */
    private DatabaseProbe(String url, String user, String password) {
        this.url = url;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "1");
        this.thread = Thread.ofPlatform().daemon().start(this::run);
    }

    static DatabaseProbe start(String url, String user, String password) {
        return new DatabaseProbe(url, user, password);
    }

    private void run() {
        while (!over) {
            try (var connection = DriverManager.getConnection(url, properties);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS bench_probe (at timestamptz)");
                while (!over) {
                    statement.execute("INSERT INTO bench_probe VALUES (clock_timestamp())");
                    writes.add();
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            } catch (SQLException away) {
                pause();
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    Moments writes() {
        return writes;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
