package io.ringcode;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose tables are whose: a module reads and writes its own, and of other modules' only the views that they publish. */
class TablesTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path SOURCE = Path.of("src/main/java/io/ringcode");

    /** A new table gets its line here. */
    private static final Map<String, Set<String>> TABLES = Map.ofEntries(
            entry("action", Set.of("script", "script_version", "script_binding", "script_execution")),
            entry("administrator", Set.of("administrator", "administrator_link")),
            entry("audit", Set.of("log", "log_rest")),
            entry(
                    "authorization",
                    Set.of("authorization_code", "mfa_claims", "refresh_token", "seen_proof", "signing_key")),
            entry("budget", Set.of("budget_use", "charge", "price_list", "price_seen")),
            entry("challenge", Set.of("challenge")),
            entry("client", Set.of("client", "client_grant", "client_key", "connection", "resource_server")),
            entry(
                    "delivery",
                    Set.of(
                            "message",
                            "attempt",
                            "receipt",
                            "receipt_call",
                            "inbox",
                            "carrier_account",
                            "evaluation_use")),
            entry("factor", Set.of("enrollment", "enrollment_ticket", "known_country", "passkey_offer")),
            entry("figure", Set.of("figure", "figure_latency", "figure_limit", "figure_until")),
            entry(
                    "fraud",
                    Set.of(
                            "rate_limit",
                            "send_delay",
                            "fraud_event",
                            "fraud_scope",
                            "fraud_proved",
                            "fraud_decision",
                            "fraud_sum",
                            "fraud_scope_sum")),
            entry("log", Set.of("log_stream", "log_chain", "log_chain_era", "log_head")),
            entry("mail", Set.of("mail")),
            entry("masterkey", Set.of("master_key", "master_key_server")),
            entry("notice", Set.of("notice", "notice_link")),
            entry("job", Set.of("job", "job_part", "job_error")),
            entry("server", Set.of("database_check", "schema_floor")),
            entry("schedule", Set.of("recurring_task")),
            entry("session", Set.of("login", "browser_session", "remembered_browser", "known_browser")),
            entry("setup", Set.of("installation")),
            entry("template", Set.of("custom_text", "text_version")),
            entry("tenant", Set.of("tenant", "tenant_setting")),
            entry("user", Set.of("app_user", "login_name", "password_reset")));

    /** Reads and writes across rooms that must be one statement, by the class that owns the query. */
    private static final Map<String, Set<String>> NAMED = Map.of(
            // A guess is counted on its authenticator and spends the code in one statement; factor.GuessCount writes
            // that part.
            "challenge/ChallengeTable", Set.of("enrollment"),
            // Holds the user's row while an authenticator is bound.
            "factor/Authenticators", Set.of("app_user"),
            // Sums over a month of messages.
            "figure/Lines", Set.of("message", "attempt", "receipt"),
            // A turn keeps programs away that know one key, in its transaction.
            "masterkey/MasterKeyTable", Set.of("schema_floor"));

    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)");
    private static final Pattern NAMES = Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|USING)\\s+(?:ONLY\\s+)?(\\w+)");

    @Test
    void every_table_belongs_to_a_module() throws IOException {
        var created = new TreeSet<String>();
        for (var file : files(MIGRATIONS, ".sql")) {
            var names = CREATED.matcher(Files.readString(file));
            while (names.find()) created.add(names.group(1));
        }
        var owned = new TreeSet<String>();
        TABLES.values().forEach(owned::addAll);
        assertThat(owned).isEqualTo(created);
    }

    @Test
    void no_module_names_a_table_of_another() throws IOException {
        var owners = TABLES.entrySet().stream()
                .flatMap(owned -> owned.getValue().stream().map(table -> entry(table, owned.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var strangers = new ArrayList<String>();
        var used = new TreeSet<String>();
        for (var file : files(SOURCE, ".java")) {
            var path = SOURCE.relativize(file).toString().replace(".java", "");
            var module = path.substring(0, Math.max(0, path.indexOf('/')));
            var names = NAMES.matcher(withoutComments(Files.readString(file)));
            while (names.find()) {
                var table = names.group(1);
                var owner = owners.get(table);
                if (owner == null || owner.equals(module)) continue;
                if (NAMED.getOrDefault(path, Set.of()).contains(table)) used.add(path + " " + table);
                else strangers.add(path + " names " + table + ", which is " + owner + "'s");
            }
        }
        assertThat(strangers).isEmpty();
        assertThat(NAMED.entrySet().stream()
                        .flatMap(named -> named.getValue().stream().map(table -> named.getKey() + " " + table)))
                .as("exceptions that nobody needs any more")
                .allMatch(used::contains);
    }

    /** What all tenants share. */
    private static final Set<String> SHARED = Set.of(
            "database_check",
            "flyway_schema_history",
            "installation",
            "log_chain_era",
            "master_key",
            "master_key_server",
            "recurring_task",
            "schema_floor",
            "tenant");

    /** So that a database which spreads rows over machines by one column, as Citus does, can spread them by tenant. */
    @Test
    void keys_unique_rules_and_references_of_tenants_tables_begin_with_the_tenant() throws SQLException {
        var database = TestDatabase.freshDatabase();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            assertThat(names(connection, """
                    SELECT relname FROM pg_catalog.pg_class AS c
                     WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                       AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute
                                        WHERE attrelid = c.oid AND attname = 'tenant_id')
                    """)).isEqualTo(new TreeSet<>(SHARED));
            assertThat(names(connection, """
                    SELECT i.indexrelid::regclass::text
                      FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_attribute AS t ON t.attrelid = i.indrelid
                     WHERE t.attname = 'tenant_id' AND i.indisunique AND i.indkey[0] <> t.attnum
                       AND i.indrelid::regclass::text NOT LIKE 'pg\\_%'
                    """)).isEmpty();
            assertThat(names(connection, """
                    SELECT f.conrelid::regclass || ' ' || f.conname
                      FROM pg_catalog.pg_constraint AS f
                      JOIN pg_catalog.pg_attribute AS here ON here.attrelid = f.conrelid AND here.attnum = f.conkey[1]
                      JOIN pg_catalog.pg_attribute AS there ON there.attrelid = f.confrelid AND there.attnum = f.confkey[1]
                     WHERE f.contype = 'f' AND here.attname || '>' || there.attname <> 'tenant_id>tenant_id'
                       AND NOT (f.confrelid = 'tenant'::regclass AND here.attname = 'tenant_id')
                    """)).isEmpty();
            assertThat(names(connection, """
                    SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_attribute AS t ON t.attrelid = c.oid
                     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND t.attname = 'tenant_id'
                       AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index WHERE indrelid = c.oid AND indisprimary)
                    """))
                    .as("tables without a primary key")
                    .isEmpty();
        }
    }

    private static SortedSet<String> names(Connection connection, String sql) throws SQLException {
        var names = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) names.add(rows.getString(1));
        }
        return names;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    }
}
