package io.ringcode.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes whose outcome no one waits for: they are kept until their transaction commits, and go to the database together with COMMIT,
 * in one round trip. Where few requests come, round trips are most of what a transaction costs.
 *
 * <p>One that fails makes the transaction fail as a whole. Whoever reads or writes the same rows later in the same transaction calls
 * {@link #bringForward} first.
 */
@Component
public class LastWrites {
    private static final String COMMIT = "COMMIT";

    private final JdbcOperations jdbc;

    public LastWrites(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A statement.
     *
     * @param sql the same text each time; its parameters have names
     */
    private record Write(String sql, Map<String, ?> parameters) {
        private static final ConcurrentHashMap<String, ParsedSql> PARSED = new ConcurrentHashMap<>();

        private ParsedSql parsed() {
            return PARSED.computeIfAbsent(sql, NamedParameterUtils::parseSqlStatement);
        }
    }

    /** What a transaction has left to write. */
    static final class Pending {
        private final List<Write> writes = new ArrayList<>();

        boolean isEmpty() {
            return writes.isEmpty();
        }

        void writeAndCommit(Connection connection) throws SQLException {
            write(connection, COMMIT);
        }

        /** @param last a statement without parameters that follows; empty for none */
        private void write(Connection connection, String last) throws SQLException {
            var sql = new StringBuilder();
            var values = new ArrayList<Object>();
            for (var write : writes) {
                var source = new MapSqlParameterSource(write.parameters());
                sql.append(NamedParameterUtils.substituteNamedParameters(write.parsed(), source))
                        .append(";\n");
                for (var value : NamedParameterUtils.buildValueArray(write.parsed(), source, null)) values.add(value);
            }
            writes.clear();
            try (var statement = connection.prepareStatement(sql.append(last).toString())) {
                for (int i = 0; i < values.size(); i++)
                    StatementCreatorUtils.setParameterValue(statement, i + 1, SqlTypeValue.TYPE_UNKNOWN, values.get(i));
                statement.execute();
            }
        }
    }

    /** The transaction that runs keeps such writes from now on, until {@link #end}. */
    static Pending begin() {
        var pending = new Pending();
        TransactionSynchronizationManager.bindResource(LastWrites.class, pending);
        return pending;
    }

    static void end() {
        TransactionSynchronizationManager.unbindResourceIfPossible(LastWrites.class);
    }

    /** Of the transaction that runs; empty where it keeps none, or none runs. */
    static Pending pending() {
        return TransactionSynchronizationManager.getResource(LastWrites.class) instanceof Pending kept
                ? kept
                : new Pending();
    }

    /**
     * Keeps a statement until the transaction that runs commits; where none runs it is done at once.
     *
     * @param sql the same text each time, without a semicolon
     */
    public void add(String sql, Map<String, ?> parameters) {
        var kept = TransactionSynchronizationManager.getResource(LastWrites.class);
        var pending = kept instanceof Pending running ? running : new Pending();
        pending.writes.add(new Write(sql, parameters));
        if (pending != kept) write(pending);
    }

    /** Does now what is kept. */
    public void bringForward() {
        var pending = pending();
        if (!pending.isEmpty()) write(pending);
    }

    private void write(Pending pending) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            pending.write(connection, "");
            return true;
        });
    }
}
