package io.ringcode.bench;

import io.ringcode.bench.Machine.Cpu;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A log of ten million lines: what places and hashes cost while it is written and afterwards, and how long it takes to verify. */
final class LogChain {
    private static final int LINES = Integer.getInteger("ringcode.bench.lines", 10_000_000);

    /** Of a transaction; at 50 a second group commits are as small. */
    private static final int OF_A_TRANSACTION = 10;

    private static final int PER_SECOND = 500;
    private static final Duration WINDOW = Times.window(30);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** In transactions of their own, since the chain follows them. */
    private static final String FILL = """
            DO $$ BEGIN
              FOR part IN 0 .. {parts} LOOP
                INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data)
                SELECT 'default', '900' || to_char(at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS') || lpad(i::text, 12, '0'), at,
                       (ARRAY['gd_start_auth', 'gd_send_sms', 'gd_auth_succeed', 'sepft'])[1 + i % 4],
                       'auth0|' || lpad(to_hex(i / 10), 24, '0'), 'bench',
                       '{"description":"Second factor begun","client_name":"Bench","ip":"127.0.0.1","hostname":"localhost",'
                       '"details":{"authenticator":{"id":"dev_0000000000000001","type":"sms"}}}'
                  FROM generate_series(part * {size}, part * {size} + {size} - 1) AS i,
                       LATERAL (SELECT {from} + i * interval '0.02 s') AS times (at);
                COMMIT;
              END LOOP;
            END $$
            """;

    private LogChain() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder);
                var connection = bed.connection()) {
            bed.seeded(Tenant::usual, 10);
            // Where the seed's server ended before its first second.
            execute(connection, "INSERT INTO log_chain_era VALUES (1, 0, 0, '', '', now()) ON CONFLICT DO NOTHING");
            live(bed, connection);
            backlog(bed, connection);
            verify(home, bed, connection);
        }
    }

    /** The same lines with and without a server that gives them places. */
    private static void live(Testbed bed, Connection connection) throws Exception {
        Report.progress("writes " + PER_SECOND + " lines a second, without a server and with one");
        var alone = written(bed, connection, List.of(), 0);
        try (var server = bed.start("live", Map.of())) {
            var processes = List.of(server.handle());
            Thread.sleep(Times.WARM_UP);
            var before = bed.cpu(processes);
            Thread.sleep(WINDOW);
            var idle = bed.cpu(processes).minus(before);
            var with = written(bed, connection, processes, 1);
            var lines = (double) PER_SECOND * WINDOW.toSeconds();
            say("");
            say("| places for " + PER_SECOND + " lines a second | µs of CPU a line |");
            say("|---|---|");
            say(String.format(
                    Locale.ROOT,
                    "| server, over one that idles | %.1f |",
                    (with.server() - idle.server()) * 1000 / lines));
            say(String.format(
                    Locale.ROOT,
                    "| database, over writing the lines and a server that idles | %.1f |",
                    (with.database() - alone.database() - idle.database()) * 1000 / lines));
            say(String.format(
                    Locale.ROOT, "| (database, writing the lines) | %.1f |", alone.database() * 1000 / lines));
        }
    }

    private static Cpu written(Testbed bed, Connection connection, List<ProcessHandle> servers, int round)
            throws Exception {
        var before = bed.cpu(servers);
        var begin = System.nanoTime();
        var transactions = PER_SECOND * (int) WINDOW.toSeconds() / OF_A_TRANSACTION;
        for (int i = 0; i < transactions; i++) {
            execute(
                    connection,
                    fill(
                            1,
                            OF_A_TRANSACTION,
                            "timestamptz '2026-01-0" + (1 + round) + "' + " + i + " * interval '1 s'"));
            var due = begin + (i + 1) * 1_000_000_000L * OF_A_TRANSACTION / PER_SECOND;
            var early = due - System.nanoTime();
            if (early > 0) Thread.sleep(Duration.ofNanos(early));
        }
        return bed.cpu(servers).minus(before);
    }

    /** As after an hour without a server: what a line costs where runs are large. */
    private static void backlog(Testbed bed, Connection connection) throws Exception {
        Report.progress("writes " + LINES + " lines");
        execute(connection, "SET synchronous_commit = off");
        execute(connection, "DROP INDEX log_type, log_user, log_client, log_ip");
        execute(connection, fill(LINES / OF_A_TRANSACTION, OF_A_TRANSACTION, "now() - interval '3 days'"));
        execute(connection, "VACUUM ANALYZE log");
        Report.progress("gives them places");
        try (var server = bed.start("places", Map.of())) {
            var processes = List.of(server.handle());
            var before = bed.cpu(processes);
            var begin = System.nanoTime();
            placed(connection);
            var seconds = (System.nanoTime() - begin) / 1e9;
            var cpu = bed.cpu(processes).minus(before);
            say("");
            say("| places for " + String.format(Locale.ROOT, "%,d lines at once", LINES) + " | |");
            say("|---|---|");
            say(String.format(Locale.ROOT, "| seconds | %.0f |", seconds));
            say(String.format(Locale.ROOT, "| server, µs of CPU a line | %.1f |", cpu.server() * 1000 / LINES));
            say(String.format(Locale.ROOT, "| database, µs of CPU a line | %.1f |", cpu.database() * 1000 / LINES));
            say(String.format(
                    Locale.ROOT,
                    "| stored for the chain, bytes a line | %.0f |",
                    (double) number(connection, "SELECT pg_total_relation_size('log_chain')") / LINES));
            Report.progress("waits for a signed head");
            until(connection, "SELECT count(*) FROM log_head", 1);
        }
        execute(connection, "VACUUM ANALYZE log_chain");
    }

    private static void verify(Path home, Testbed bed, Connection connection) throws Exception {
        say("");
        say("| `./ringcode verify-log` | seconds | what it says |");
        say("|---|---|---|");
        var middle = "(SELECT id FROM log WHERE tenant_id = 'default' ORDER BY id OFFSET " + LINES / 2 + " LIMIT 1)";
        once(home, bed, "whole");
        execute(connection, "CREATE TABLE kept AS SELECT * FROM log WHERE tenant_id = 'default' AND id = " + middle);
        execute(
                connection,
                "UPDATE log SET data = data || '{\"ip\":\"192.0.2.1\"}' WHERE tenant_id = 'default' AND id = (SELECT id FROM kept)");
        once(home, bed, "one line changed");
        execute(connection, "DELETE FROM log WHERE tenant_id = 'default' AND id = (SELECT id FROM kept)");
        once(home, bed, "one line removed");
        execute(connection, "INSERT INTO log SELECT * FROM kept");
        execute(
                connection,
                "INSERT INTO log SELECT tenant_id, id || '0', at, type, user_id, client_id, data, written FROM kept");
        once(home, bed, "one line put in");
        execute(connection, "DROP TABLE kept");
    }

    private static void once(Path home, Testbed bed, String name) throws Exception {
        Report.progress("verifies, " + name);
        var builder = new ProcessBuilder(home.resolve("ringcode").toString(), "verify-log");
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RINGCODE_"));
        builder.environment().putAll(new HashMap<>(Testbed.environment(bed.postgres())));
        var begin = System.nanoTime();
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said;
        try (var output = process.inputReader()) {
            said = output.lines()
                    .filter(line -> line.startsWith("default"))
                    .findFirst()
                    .orElse("nothing");
        }
        var exit = process.waitFor();
        say(String.format(
                Locale.ROOT,
                "| %s | %.1f | exit status %d: %s |",
                name,
                (System.nanoTime() - begin) / 1e9,
                exit,
                said));
    }

    /** Waits until each line has its place in the chain. */
    static void placed(Connection connection) throws Exception {
        var lines = number(connection, "SELECT count(*) FROM log");
        until(connection, "SELECT coalesce(sum(lines), 0) FROM log_chain", lines);
    }

    private static void until(Connection connection, String sql, long least) throws Exception {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (number(connection, sql) < least) {
            if (System.nanoTime() > deadline) throw new IOException("Not within half an hour: " + sql);
            Thread.sleep(500);
        }
    }

    private static String fill(int parts, int size, String from) {
        return FILL.replace("{parts}", "" + (parts - 1))
                .replace("{size}", "" + size)
                .replace("{from}", from);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
