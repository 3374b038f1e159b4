package io.ringcode.server.postgres;

import io.ringcode.database.BatchWork;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How long work on a connection may take, by PostgreSQL's settings of these names; zero for no limit. They hold unless the operator has
 * set others, for the role, the database, the server, or in the URL.
 *
 * @param connecting the whole of opening one, with TLS and password, at each of up to three hosts (the driver's loginTimeout)
 * @param statement one statement; what takes longer has lost whoever asked for it
 * @param lock to wait for a lock; longer than PostgreSQL takes to find a deadlock (1 s)
 * @param idleInTransaction a transaction whose server hangs or is gone holds its locks for so long
 * @param transaction the whole of one; PostgreSQL knows this from 17 on
 * @param silence of the network (the driver's socketTimeout): longer than a statement, which the server ends itself, so that only what
 *     a firewall forgot, or a machine that was paused or lost its power, is meant
 * @param always further settings, which hold whatever the operator has set
 */
record ConnectionTimes(
        Duration connecting,
        Duration statement,
        Duration lock,
        Duration idleInTransaction,
        Duration transaction,
        Duration silence,
        Map<String, String> always) {
    /** To compile a statement takes longer than most of them run, and PostgreSQL does so for what it takes to be costly. */
    static final ConnectionTimes OF_REQUESTS = new ConnectionTimes(
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Map.of("jit", "off"));

    /** A start has nobody waiting for an answer, so a database that is slow to let somebody in gets its time. */
    static final ConnectionTimes OF_STARTS = new ConnectionTimes(
            Duration.ofSeconds(30),
            OF_REQUESTS.statement,
            OF_REQUESTS.lock,
            OF_REQUESTS.idleInTransaction,
            OF_REQUESTS.transaction,
            OF_REQUESTS.silence,
            OF_REQUESTS.always);

    /**
     * Group commits. Their statements find rows by keys, however many they are asked for, so each is planned once: for a few keys
     * PostgreSQL would take a plan of their own to be cheaper, and plan anew each time.
     */
    static final ConnectionTimes OF_BATCHES = new ConnectionTimes(
            OF_REQUESTS.connecting,
            OF_REQUESTS.statement,
            BatchWork.LONGEST_WAIT,
            OF_REQUESTS.idleInTransaction,
            OF_REQUESTS.transaction,
            OF_REQUESTS.silence,
            Map.of(
                    "jit",
                    "off",
                    "lock_timeout",
                    BatchWork.LONGEST_WAIT.toMillis() + "ms",
                    "plan_cache_mode",
                    "force_generic_plan"));

    /** Sums, deletions, imports and exports in the background. */
    static final ConnectionTimes OF_PATIENT_WORK = new ConnectionTimes(
            OF_REQUESTS.connecting,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(6),
            Map.of());

    /** An index on a large table takes hours. But whoever waits for a table's lock makes all others wait behind it. */
    static final ConnectionTimes OF_MIGRATIONS = new ConnectionTimes(
            OF_STARTS.connecting,
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Map.of());

    /** Leaves alone what the operator has set, but for {@link #always}, and what this PostgreSQL does not know. */
    String sql() {
        var cases = settings().entrySet().stream()
                .map(one ->
                        "WHEN '" + one.getKey() + "' THEN '" + one.getValue().toMillis() + "ms'")
                .collect(Collectors.joining(" "));
        return "SELECT set_config(name, CASE name " + cases + " END, false) FROM pg_settings"
                + " WHERE source = 'default' AND name IN ('"
                + String.join("', '", settings().keySet()) + "')"
                + always.entrySet().stream()
                        .map(one -> "; SELECT set_config('" + one.getKey() + "', '" + one.getValue() + "', false)")
                        .collect(Collectors.joining());
    }

    private Map<String, Duration> settings() {
        return Map.of(
                "statement_timeout", statement,
                "lock_timeout", lock,
                "idle_in_transaction_session_timeout", idleInTransaction,
                "transaction_timeout", transaction);
    }

    /** Of the driver. What the URL says goes before. */
    Properties properties() {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "ringcode");
        // A host that is gone, which sends no refusal, is asked again after a second; so the first that is back is
        // found soon.
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("loginTimeout", Long.toString(connecting.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
        // To ask a silent server to end a statement, which goes over a connection of its own.
        properties.setProperty("cancelSignalTimeout", "1");
        // The kernel finds out which idle connections are dead.
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }
}
