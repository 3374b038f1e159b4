package io.ringcode.database;

import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Statements as Spring runs them; what only reads, outside a transaction, is read again where its connection broke. */
@Component("jdbcTemplate")
final class RetriedReads extends JdbcTemplate {
    RetriedReads(DataSource pool) {
        super(pool);
    }

    @Override
    public <T extends @Nullable Object> T query(
            PreparedStatementCreator statement, @Nullable PreparedStatementSetter values, ResultSetExtractor<T> rows) {
        if (!reads(statement) || TransactionSynchronizationManager.isActualTransactionActive())
            return super.query(statement, values, rows);
        return LostConnection.<T, RuntimeException>retry(() -> super.query(statement, values, rows));
    }

    private static boolean reads(PreparedStatementCreator statement) {
        return statement instanceof SqlProvider known
                && known.getSql() != null
                && known.getSql().stripLeading().toUpperCase(Locale.ROOT).startsWith("SELECT");
    }
}
