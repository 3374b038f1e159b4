package io.ringcode.server.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line, taken apart but not yet judged: each flag stands for the variable of the same meaning. */
public record Flags(Map<String, String> variables, Set<Action> actions, List<String> problems) {
    public static final String HELP = """
            Usage: ringcode [--demo] [--dev] [--port N] [--data DIR] [--tls [--tls-port N]]

              --demo        start with an example application, a user and a phone to read codes from (implies --dev)
              --dev         development mode: plain http on this machine, codes shown at /dev/phone
              --port N      serve http on port N (8080)
              --data DIR    keep everything in DIR (ringcode-data)
              --tls         serve https too, with a certificate from a local authority made at first start
              --tls-port N  serve https on port N (8443)
              --help, --version

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

    private static final Map<String, String> SWITCHES =
            Map.of("--demo", "RINGCODE_DEMO", "--dev", "RINGCODE_DEV", "--tls", "RINGCODE_TLS");
    private static final Map<String, String> VALUES = Map.of(
            "--port", "RINGCODE_PORT",
            "--data", "RINGCODE_DATA_DIR",
            "--tls-port", "RINGCODE_TLS_PORT");
    private static final Map<String, Action> ACTIONS = Map.of(
            "--help", Action.HELP,
            "-h", Action.HELP,
            "--version", Action.VERSION,
            "--train", Action.TRAIN,
            "--beans", Action.BEANS);

    public static Flags read(String... args) {
        var variables = new HashMap<String, String>();
        var actions = new HashSet<Action>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            var equals = args[i].indexOf('=');
            var name = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (SWITCHES.containsKey(name) && equals < 0) {
                variables.put(SWITCHES.get(name), "true");
            } else if (ACTIONS.containsKey(name) && equals < 0) {
                actions.add(ACTIONS.get(name));
            } else if (VALUES.containsKey(name)) {
                if (equals >= 0) {
                    variables.put(VALUES.get(name), args[i].substring(equals + 1));
                } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
                    variables.put(VALUES.get(name), args[++i]);
                } else {
                    problems.add(name + ": needs a value");
                }
            } else {
                problems.add(name + ": no such flag; --help lists them");
            }
        }
        return new Flags(Map.copyOf(variables), Set.copyOf(actions), List.copyOf(problems));
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
