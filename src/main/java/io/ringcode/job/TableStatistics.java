package io.ringcode.job;

import io.ringcode.factor.AuthenticatorImports;
import io.ringcode.user.UserImports;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has PostgreSQL look again at tables (ANALYZE) that an import has made much larger than their statistics say. Autovacuum
 * comes once a minute; until then PostgreSQL may take a large table for a small one, and read all of it for each row.
 */
@Component
class TableStatistics {
    private final JdbcClient db;
    private final Map<String, String> columns = new HashMap<>();

    TableStatistics(JdbcClient db) {
        this.db = db;
        columns.putAll(UserImports.GROWING);
        columns.putAll(AuthenticatorImports.GROWING);
    }

    /**
     * Runs in its caller's transaction. Autovacuum's own count goes on, since only some columns are looked at.
     *
     * @param written rows of the import so far
     */
    void keepUp(int written) {
        var outgrown = db.sql("""
                SELECT name FROM unnest(:tables) AS name JOIN pg_class ON pg_class.oid = to_regclass(name)
                 WHERE 2 * reltuples <= :written
                """)
                .param("tables", columns.keySet().toArray(String[]::new))
                .param("written", written)
                .query(String.class)
                .list();
        for (var table : outgrown)
            db.sql("ANALYZE (SKIP_LOCKED) " + table + " (" + columns.get(table) + ")")
                    .update();
    }
}
