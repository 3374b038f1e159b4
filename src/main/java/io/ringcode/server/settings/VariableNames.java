package io.ringcode.server.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The variables that mean something, so that a slip of the finger is told and not silently ignored. */
final class VariableNames {
    /** Another address of a carrier, whose name is the group. Which carriers there are is for them to say. */
    static final Pattern CARRIER_ADDRESS = Pattern.compile("RINGCODE_([A-Z0-9_]{1,60})_BASE_URL");

    /** Read by the launcher, not by the server. */
    private static final List<String> OF_THE_LAUNCHER =
            List.of("RINGCODE_JAVA_HOME", "RINGCODE_JAVA_OPTS", "RINGCODE_JVM_DIRS");

    private static final List<String> OF_THE_SERVER = List.of(
            "RINGCODE_ADDRESS",
            "RINGCODE_ADMIN_CLIENT_ID",
            "RINGCODE_ADMIN_CLIENT_SECRET",
            "RINGCODE_DATABASE_PASSWORD",
            "RINGCODE_DATABASE_PASSWORD_COMMAND",
            "RINGCODE_DATABASE_PASSWORD_FILE",
            "RINGCODE_DATABASE_URL",
            "RINGCODE_DATABASE_USERNAME",
            "RINGCODE_DATA_DIR",
            "RINGCODE_DEMO",
            "RINGCODE_DEV",
            "RINGCODE_DEV_PHONE",
            "RINGCODE_HOOKS_REACHABLE",
            "RINGCODE_IP_DATABASES",
            "RINGCODE_LOG_FORMAT",
            "RINGCODE_MASTER_KEY",
            "RINGCODE_MASTER_KEY_COMMAND",
            "RINGCODE_MASTER_KEY_FILE",
            "RINGCODE_NODE",
            "RINGCODE_NPM_REGISTRY",
            "RINGCODE_PORT",
            "RINGCODE_PUBLIC_URL",
            "RINGCODE_REACHABLE",
            "RINGCODE_SIGNING_KEY_DAYS",
            "RINGCODE_STOP_DELAY",
            "RINGCODE_TLS",
            "RINGCODE_TLS_CERTIFICATE",
            "RINGCODE_TLS_KEY",
            "RINGCODE_TLS_PORT",
            "RINGCODE_TRACES_SAMPLED",
            "RINGCODE_TRACES_URL",
            "RINGCODE_TRUSTED_PROXIES");

    private static final List<String> ALL =
            Stream.concat(OF_THE_SERVER.stream(), OF_THE_LAUNCHER.stream()).toList();

    private VariableNames() {}

    /** One line for each name that begins like ours and is not ours, with the nearest real name if one is near. */
    static List<String> unknown(Collection<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .filter(name -> name.startsWith("RINGCODE_") && !isKnown(name))
                        .map(VariableNames::complaint)
                        .toList();
    }

    private static boolean isKnown(String name) {
        return ALL.contains(name) || CARRIER_ADDRESS.matcher(name).matches();
    }

    private static String complaint(String name) {
        var nearest = ALL.stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .orElseThrow();
        return distance(name, nearest) <= 3
                ? name + ": no such variable; did you mean " + nearest + "?"
                : name + ": no such variable";
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) row[column] = column;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
