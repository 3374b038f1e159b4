package io.ringcode.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the default tenant's users left behind: for each a code that is still good, its message, and lines of log of a month. */
final class Stored {
    /** Of log, for each user. */
    static final int LINES = 10;

    private static final String CHALLENGES = """
            INSERT INTO challenge (tenant_id, transaction_id, enrollment_id, code_hash, code_sealed, tries_left, expires_at)
            SELECT 'default', {id}, 'dev_' || lpad(i::text, 16, '0'), decode(md5(i::text) || md5('h' || i), 'hex'),
                   decode(repeat(md5(i::text), 3), 'hex'), 5, now() + interval '1 day'
              FROM generate_series({from}, {to}) AS i
            """;
    private static final String MESSAGES = """
            INSERT INTO message (tenant_id, id, user_id, client_id, enrollment_id, channel, provider, language, region,
                                 to_sealed, state, attempts, expires_at, created_at)
            SELECT 'default', {id}, 'auth0|' || lpad(to_hex(i), 24, '0'), 'bench', 'dev_' || lpad(i::text, 16, '0'), 'sms',
                   'twilio', 'en', 'US', decode(repeat(md5(i::text), 3), 'hex'), 'accepted', 1, now() + interval '5 min', now()
              FROM generate_series({from}, {to}) AS i
            """;
    /** As if written before the log had a chain, which would else go through them while the ceremonies are measured. */
    private static final String LOG = """
            INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data, written)
            SELECT 'default', '900' || to_char(at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS') || lpad(i::text, 12, '0'), at,
                   (ARRAY['gd_start_auth', 'gd_send_sms', 'gd_auth_succeed', 'sepft'])[1 + i % 4],
                   'auth0|' || lpad(to_hex(i / {lines}), 24, '0'), 'bench',
                   '{"description":"Second factor begun","client_name":"Bench","ip":"127.0.0.1","hostname":"localhost",'
                   '"details":{"authenticator":{"id":"dev_0000000000000001","type":"sms"}}}', 0
              FROM generate_series({from} * {lines}, {to} * {lines} + {lines} - 1) AS i,
                   LATERAL (SELECT now() - interval '29 days' + i * interval '0.25 s') AS times (at)
            """;
    /** In the order of time, as the server makes them. */
    private static final String TIMED_ID = """
            (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7' || right(md5(i::text), 19))::uuid""";

    private final Connection connection;
    private int users;

    private Stored(Connection connection) {
        this.connection = connection;
    }

    /** After what earlier ceremonies left is removed. */
    static Stored none(Connection connection) throws SQLException {
        var stored = new Stored(connection);
        stored.execute("TRUNCATE challenge, message, attempt, log");
        return stored;
    }

    void growTo(int wanted) throws SQLException {
        execute("SET maintenance_work_mem = '1GB'");
        insert(CHALLENGES, wanted);
        insert(MESSAGES, wanted);
        var indexes = removedIndexes();
        insert(LOG, wanted);
        for (var index : indexes) execute(index);
        for (var table : new String[] {"challenge", "message", "log"}) execute("VACUUM ANALYZE " + table);
        users = wanted;
    }

    private void insert(String sql, int wanted) throws SQLException {
        execute(sql.replace("{id}", TIMED_ID)
                .replace("{from}", "" + users)
                .replace("{to}", "" + (wanted - 1))
                .replace("{lines}", "" + LINES));
    }

    /**
     * Building an index once is quicker than adding millions of rows to it.
     *
     * @return what makes them anew
     */
    private List<String> removedIndexes() throws SQLException {
        var made = new ArrayList<String>();
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("""
                        SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
                         WHERE indrelid = 'log'::regclass AND NOT indisunique
                        """)) {
            while (found.next()) {
                names.add(found.getString(1));
                made.add(found.getString(2).replace(" ON ONLY ", " ON "));
            }
        }
        for (var name : names) execute("DROP INDEX " + name);
        return made;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
