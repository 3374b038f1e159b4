package io.ringcode.server.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.database.BackgroundWork;
import io.ringcode.database.BatchWork;
import io.ringcode.database.DatabaseSessions;
import io.ringcode.database.DatabaseWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Gives connections of the pool that fits the work; none where the database has been away for longer than anybody waits. */
final class ChosenPool extends AbstractDataSource implements DatabaseSessions, AutoCloseable {
    private final DatabaseStart database;
    private final HikariDataSource pool;
    private final HikariDataSource batches;
    private final HikariDataSource patient;
    private final ObjectProvider<DatabaseWatch> watch;

    ChosenPool(
            DatabaseStart database,
            HikariDataSource pool,
            HikariDataSource batches,
            HikariDataSource patient,
            ObjectProvider<DatabaseWatch> watch) {
        this.database = database;
        this.pool = pool;
        this.batches = batches;
        this.patient = patient;
        this.watch = watch;
    }

    @Override
    public Connection getConnection() throws SQLException {
        // A start that was refused is told to whoever needs the database first.
        database.ready();
        if (watch.getObject().isLongAway()) throw new SQLTransientConnectionException("The database is away", "08001");
        var connection = chosen().getConnection();
        ConnectionEviction.lent();
        return connection;
    }

    private HikariDataSource chosen() {
        if (BatchWork.isUnderWay()) return batches;
        return BackgroundWork.isUnderWay() ? patient : pool;
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The user is the one that the operator has set");
    }

    @Override
    public boolean keepSettings() {
        return database.ready().way() == DatabaseTarget.Way.SESSION;
    }

    @Override
    public void close() {
        batches.close();
        patient.close();
    }
}
