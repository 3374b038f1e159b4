package io.ringcode.server.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line, taken apart but not yet judged: each flag stands for the variable of the same meaning.
 *
 * @param options what is asked of the command alone, such as {@code --tenant}
 * @param words what is no flag: a command and what it works on
 */
public record Flags(
        Map<String, String> variables,
        Map<String, String> options,
        Set<Action> actions,
        List<String> words,
        List<String> problems) {
    public static final String HELP = """
            Usage: ringcode [--demo] [--dev] [--port N] [--data DIR] [--tls [--tls-port N]]
                   ringcode backup DIR | restore FILE | move | new-master-key [--data DIR]
                   ringcode verify-log [--tenant ID] [--head FILE] [--data DIR]

              --demo        start with an example application, a user and a phone to read codes from (implies --dev)
              --dev         development mode: plain http on this machine, codes shown at /dev/phone
              --port N      serve http on port N (8080)
              --data DIR    keep everything in DIR (ringcode-data)
              --tls         serve https too, with a certificate from a local authority made at first start
              --tls-port N  serve https on port N (8443)
              --help, --version

              backup DIR       write an encrypted backup into DIR, while the server serves
              restore FILE     fill an empty database from a backup
              move             copy the built-in database to the one of RINGCODE_DATABASE_URL
              new-master-key   have a new master key seal from now on, while the server serves
              verify-log       say whether lines of the log were changed, removed or put in since they were written,
                               of one tenant or all, and whether signed heads that were kept elsewhere fit

            Each has a variable too, such as RINGCODE_PORT; a flag wins. Without RINGCODE_DATABASE_URL the server
            runs its own PostgreSQL in DIR.
            """;

    /** What to do instead of serving. */
    public enum Action {
        HELP,
        VERSION,
        /** Start, answer one request and stop: the launcher records an AOT cache of that. */
        TRAIN,
        /** Say which beans a server has, to Spring's processing at build time, and start none. */
        BEANS
    }

    /** A word instead of a server. */
    public enum Command {
        BACKUP("backup", "DIR"),
        RESTORE("restore", "FILE"),
        MOVE("move", null),
        NEW_MASTER_KEY("new-master-key", null),
        VERIFY_LOG("verify-log", null);

        private final String word;
        private final @Nullable String operand;

        Command(String word, @Nullable String operand) {
            this.word = word;
            this.operand = operand;
        }
    }

    private static final Map<String, String> SWITCHES =
            Map.of("--demo", "RINGCODE_DEMO", "--dev", "RINGCODE_DEV", "--tls", "RINGCODE_TLS");
    private static final Map<String, String> VALUES = Map.of(
            "--port", "RINGCODE_PORT",
            "--data", "RINGCODE_DATA_DIR",
            "--tls-port", "RINGCODE_TLS_PORT");
    public static final String TENANT = "--tenant";
    public static final String HEAD = "--head";
    private static final Map<String, Command> OPTIONS = Map.of(TENANT, Command.VERIFY_LOG, HEAD, Command.VERIFY_LOG);
    private static final Map<String, Action> ACTIONS = Map.of(
            "--help", Action.HELP,
            "-h", Action.HELP,
            "--version", Action.VERSION,
            "--train", Action.TRAIN,
            "--beans", Action.BEANS);

    public static Flags read(String... args) {
        var variables = new HashMap<String, String>();
        var options = new HashMap<String, String>();
        var actions = new HashSet<Action>();
        var words = new ArrayList<String>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            var equals = args[i].indexOf('=');
            var name = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (SWITCHES.containsKey(name) && equals < 0) {
                variables.put(SWITCHES.get(name), "true");
            } else if (ACTIONS.containsKey(name) && equals < 0) {
                actions.add(ACTIONS.get(name));
            } else if (VALUES.containsKey(name) || OPTIONS.containsKey(name)) {
                var values = VALUES.containsKey(name) ? variables : options;
                var key = VALUES.getOrDefault(name, name);
                if (equals >= 0) {
                    values.put(key, args[i].substring(equals + 1));
                } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
                    values.put(key, args[++i]);
                } else {
                    problems.add(name + ": needs a value");
                }
            } else if (!args[i].startsWith("-")) {
                words.add(args[i]);
            } else {
                problems.add(name + ": no such flag; --help lists them");
            }
        }
        if (!words.isEmpty()) problems.addAll(problemsOf(words));
        var command = words.isEmpty() ? null : command(words.getFirst()).orElse(null);
        for (var option : OPTIONS.entrySet())
            if (options.containsKey(option.getKey()) && option.getValue() != command)
                problems.add(option.getKey() + ": is for " + option.getValue().word + " alone");
        return new Flags(
                Map.copyOf(variables),
                Map.copyOf(options),
                Set.copyOf(actions),
                List.copyOf(words),
                List.copyOf(problems));
    }

    private static List<String> problemsOf(List<String> words) {
        var command = command(words.getFirst()).orElse(null);
        if (command == null) return List.of(words.getFirst() + ": no such command; --help lists them");
        if (words.size() == (command.operand == null ? 1 : 2)) return List.of();
        return List.of(command.word + ": "
                + (command.operand == null ? "takes no more words" : "needs one " + command.operand));
    }

    private static Optional<Command> command(String word) {
        return Arrays.stream(Command.values())
                .filter(one -> one.word.equals(word))
                .findAny();
    }

    /** What to do instead of serving; empty for a server. */
    public Optional<Command> command() {
        return words.isEmpty() ? Optional.empty() : command(words.getFirst());
    }

    /** What the command works on. */
    public String operand() {
        return words.get(1);
    }

    /** What an option of the command says; null where it was not given. */
    public @Nullable String option(String name) {
        return options.get(name);
    }

    /** The name the operator used for a variable, so that a complaint points at what was typed. */
    String spelling(String variable) {
        if (!variables.containsKey(variable)) return variable;
        return VALUES.entrySet().stream()
                .filter(flag -> flag.getValue().equals(variable))
                .map(Map.Entry::getKey)
                .findAny()
                .orElse(variable);
    }
}
