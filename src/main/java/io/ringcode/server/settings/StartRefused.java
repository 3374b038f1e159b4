package io.ringcode.server.settings;

import java.util.List;

/**
 * The server cannot start, for a reason that the operator can mend. {@code main} prints the problems and nothing else: no
 * stack trace, since each line says by itself what to do. No line holds a secret.
 */
public class StartRefused extends RuntimeException {
    private final int exitCode;
    private final transient List<String> problems;

    public StartRefused(int exitCode, List<String> problems) {
        super(String.join("\n", problems));
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    public StartRefused(int exitCode, String problem) {
        this(exitCode, List.of(problem));
    }

    /** For a reason that only the domain knows, such as a key that does not fit the database. */
    public static StartRefused because(String problem) {
        return new StartRefused(1, problem);
    }

    /** For variables that only the domain can judge. */
    public static StartRefused settings(List<String> problems) {
        return new StartRefused(78, problems);
    }

    /** One line for each thing to mend. */
    public List<String> problems() {
        return problems;
    }

    /** After sysexits.h where it has a fitting number: 75 for "try again later", 78 for settings, otherwise 1. */
    public int exitCode() {
        return exitCode;
    }
}
