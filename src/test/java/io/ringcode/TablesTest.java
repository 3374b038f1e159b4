package io.ringcode;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            entry("audit", Set.of("log")),
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

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    }
}
