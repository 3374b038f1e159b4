package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {
    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    @Test
    void what_the_operator_has_set_holds_for_requests() throws SQLException {
        set("lock_timeout", "300ms");
        assertThat(setting("lock_timeout", ConnectionTimes.OF_REQUESTS)).isEqualTo("300ms");
        assertThat(setting("statement_timeout", ConnectionTimes.OF_REQUESTS)).isEqualTo("8s");
    }

    @Test
    void a_batch_waits_briefly_for_a_locked_row_whatever_the_operator_has_set() throws SQLException {
        set("lock_timeout", "300ms");
        assertThat(setting("lock_timeout", ConnectionTimes.OF_BATCHES)).isEqualTo("100ms");
        assertThat(setting("statement_timeout", ConnectionTimes.OF_BATCHES)).isEqualTo("8s");
    }

    private void set(String name, String value) {
        var own = database.url().replaceFirst(".*/", "");
        TestDatabase.executeOutside("ALTER DATABASE " + own + " SET " + name + " = '" + value + "'");
    }

    private String setting(String name, ConnectionTimes times) throws SQLException {
        var target = DatabaseTarget.fixed(database.url(), database.user(), database.password());
        try (var connection = PostgresConnections.open(target, times);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
