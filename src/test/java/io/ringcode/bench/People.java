package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ringcode.client.Connections;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** A tenant's users, each with a confirmed phone and their log-in name, written straight into the tables. */
final class People {
    private static final String USERS = """
            INSERT INTO app_user (tenant_id, id, connection, email, name, named, security_stamp, created_at, updated_at)
            SELECT '{tenant}', 'auth0|' || lpad(to_hex(i), 24, '0'), '{connection}', 'person-' || i || '@example.com', 'A Person', true, 0,
                   now(), now()
              FROM generate_series({from}, {to}) AS i
            """;
    private static final String NAMES = """
            INSERT INTO login_name (tenant_id, connection, name, user_id)
            SELECT '{tenant}', '{connection}', 'person-' || i || '@example.com', 'auth0|' || lpad(to_hex(i), 24, '0')
              FROM generate_series({from}, {to}) AS i
            """;
    private static final String PHONES = """
            COPY enrollment (tenant_id, id, user_id, kind, phone_sealed, phone_index, phone_tail, channel, created_at,
                             confirmed_at) FROM STDIN
            """;

    private final String tenant;
    private final Sealer sealer;
    private final KeyedHash index;
    private volatile int count;

    People(String tenant, Keyring keys) {
        this.tenant = tenant;
        this.sealer = keys.sealer("enrollment-phone");
        this.index = keys.hash("enrollment-phone");
    }

    int count() {
        return count;
    }

    /** @param connection of the database's owner, who may leave the checks of foreign keys out */
    void growTo(int wanted, Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(filled(USERS, wanted));
            statement.execute(filled(NAMES, wanted));
            phones(wanted, connection.unwrap(PGConnection.class));
            statement.execute("RESET session_replication_role");
            for (var table : new String[] {"app_user", "login_name", "enrollment"})
                statement.execute("VACUUM ANALYZE " + table);
        }
        count = wanted;
    }

    private String filled(String sql, int wanted) {
        return sql.replace("{tenant}", tenant)
                .replace("{connection}", Connections.DEFAULT)
                .replace("{from}", "" + count)
                .replace("{to}", "" + (wanted - 1));
    }

    private void phones(int wanted, PGConnection connection) throws SQLException, IOException {
        var now = Instant.now();
        try (var rows = new BufferedOutputStream(new PGCopyOutputStream(connection, PHONES), 64 * 1024)) {
            for (int i = count; i < wanted; i++) rows.write(phone(i, now).getBytes(US_ASCII));
        }
    }

    private String phone(int i, Instant now) {
        var number = number(i);
        var device = device(i);
        return String.join(
                "\t",
                tenant,
                device,
                user(i),
                "phone",
                bytes(sealer.seal(number, tenant, device)),
                bytes(index.index(tenant, number)),
                bytes(index.index(tenant, "last digits", number.substring(number.length() - 4))),
                "sms",
                now.toString(),
                now + "\n");
    }

    /** As COPY reads a bytea. */
    private static String bytes(byte[] bytes) {
        return "\\\\x" + HexFormat.of().formatHex(bytes);
    }

    private static String device(int i) {
        return "dev_" + padded(i, 10, 16);
    }

    static String user(int i) {
        return "auth0|" + padded(i, 16, 24);
    }

    static String number(int i) {
        return "+1415" + (2_000_000 + i);
    }

    private static String padded(int i, int radix, int length) {
        var digits = Integer.toString(i, radix);
        return "0".repeat(length - digits.length()) + digits;
    }
}
