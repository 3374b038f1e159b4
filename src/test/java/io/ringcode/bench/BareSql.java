package io.ringcode.bench;

import static java.time.ZoneOffset.UTC;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.server.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The least that a ceremony can be in the same tables: two durable transactions of five prepared statements, their
 * values of the same size. Nothing is looked up, no limit is counted, nothing is sent, and nothing encrypted.
 */
final class BareSql implements User {
    private static final String CHALLENGE = """
            INSERT INTO challenge (tenant_id, transaction_id, enrollment_id, code_hash, code_sealed, tries_left, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    /** Already final: so the server's sweep, in the same database, passes over it. */
    private static final String MESSAGE = """
            INSERT INTO message (tenant_id, id, user_id, client_id, enrollment_id, channel, provider, language, region,
                                 to_sealed, text_sealed, state, attempts, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?, 'sms', 'twilio', 'en', 'US', ?, ?, 'accepted', 1, ?, ?)
            """;

    private static final String SPEND = """
            UPDATE challenge SET tries_left = tries_left - 1, spent_at = ?
             WHERE tenant_id = ? AND transaction_id = ? AND enrollment_id = ? AND code_hash = ?
               AND spent_at IS NULL AND expires_at > ? AND tries_left > 0
            """;
    private static final String LOG =
            "INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data) VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)";

    private static final String TENANT = "bare";
    private static final AtomicLong LINES = new AtomicLong();

    private final DataSource database;

    BareSql(DataSource database) {
        this.database = database;
    }

    /** As large, and set, as the server's own. */
    static HikariDataSource pool(EmbeddedPostgres postgres) {
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(16);
        config.setAutoCommit(false);
        config.addDataSourceProperty("prepareThreshold", "1");
        return new HikariDataSource(config);
    }

    @Override
    public long[] ceremony() throws SQLException {
        var start = System.nanoTime();
        var login = UUID.randomUUID();
        var someone = "%016d".formatted(ThreadLocalRandom.current().nextInt(Tenant.PEOPLE));
        var hash = random(32);
        try (var connection = database.getConnection()) {
            var now = Instant.now();
            challenge(connection, login, someone, hash, now);
            message(connection, someone, now);
            log(connection, "gd_start_auth", someone, now);
            connection.commit();
        }
        var started = System.nanoTime();
        try (var connection = database.getConnection()) {
            var now = Instant.now();
            spend(connection, login, someone, hash, now);
            log(connection, "gd_auth_succeed", someone, now);
            connection.commit();
        }
        return new long[] {started - start, System.nanoTime() - started};
    }

    private static void challenge(Connection connection, UUID login, String someone, byte[] hash, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(CHALLENGE)) {
            one(insert, TENANT, login, "dev_" + someone, hash, random(46), 5, now.plusSeconds(300));
        }
    }

    private static void message(Connection connection, String someone, Instant now) throws SQLException {
        var random = UUID.randomUUID();
        var id = new UUID(now.toEpochMilli() << 16 | 0x7000, random.getLeastSignificantBits());
        try (var insert = connection.prepareStatement(MESSAGE)) {
            one(
                    insert,
                    TENANT,
                    id,
                    "auth0|00000000" + someone,
                    Tenant.CLIENT,
                    "dev_" + someone,
                    random(52),
                    random(88),
                    now.plusSeconds(300),
                    now);
        }
    }

    private static void spend(Connection connection, UUID login, String someone, byte[] hash, Instant now)
            throws SQLException {
        try (var update = connection.prepareStatement(SPEND)) {
            one(update, now, TENANT, login, "dev_" + someone, hash, now);
        }
    }

    private static void log(Connection connection, String type, String someone, Instant now) throws SQLException {
        var id = "900%017d%012d".formatted(now.toEpochMilli(), LINES.getAndIncrement());
        var data = "{\"description\":\"Second factor begun\",\"client_name\":\"Bench\",\"ip\":\"127.0.0.1\","
                + "\"hostname\":\"localhost\",\"details\":{\"authenticator\":{\"id\":\"dev_" + someone
                + "\",\"type\":\"sms\"}}}";
        try (var insert = connection.prepareStatement(LOG)) {
            one(insert, TENANT, id, now, type, "auth0|00000000" + someone, Tenant.CLIENT, data);
        }
    }

    private static void one(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++)
            statement.setObject(i + 1, values[i] instanceof Instant time ? time.atOffset(UTC) : values[i]);
        if (statement.executeUpdate() != 1) throw new IllegalStateException("bare: a statement met no row");
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
