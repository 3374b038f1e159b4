package io.ringcode.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How PostgreSQL finds the code of a guess. */
class GuessPlanTest {
    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    @Test
    void a_code_is_found_by_its_whole_key_also_before_there_are_statistics() {
        var connection = new SingleConnectionDataSource(database.url(), database.user(), database.password(), true);
        try {
            var db = JdbcClient.create(connection);
            fill(db);
            var plan = db.sql("EXPLAIN " + ChallengeTable.GUESS)
                    .param("tenants", new String[] {"default"})
                    .param("transactions", new String[] {new UUID(0, 0).toString()})
                    .param("enrollments", new String[] {"phone|1"})
                    .param("generations", new Integer[] {1})
                    .param("codes", new byte[][] {{1}})
                    .param("now", OffsetDateTime.parse("2026-01-01T00:00:00Z"))
                    .query(String.class)
                    .list();
            var conditions =
                    plan.stream().filter(line -> line.contains("Index Cond")).toList();
            assertThat(conditions)
                    .as("of challenge and enrollment, to read and to write")
                    .hasSize(4);
            assertThat(conditions.getFirst()).contains("tenant_id", "transaction_id", "enrollment_id");
            assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
        } finally {
            connection.destroy();
        }
    }

    private static void fill(JdbcClient db) {
        for (var table : new String[] {"enrollment", "challenge"})
            db.sql("ALTER TABLE " + table + " SET (autovacuum_enabled = off)").update();
        db.sql("SET session_replication_role = replica").update();
        db.sql("""
                INSERT INTO enrollment (tenant_id, id, user_id, kind, created_at)
                SELECT 'default', 'phone|dev_' || md5(i::text), 'auth0|' || md5(i::text), 'totp', now() FROM generate_series(1, 20000) AS i
                """).update();
        db.sql("""
                INSERT INTO challenge
                SELECT 'default', gen_random_uuid(), 'phone|dev_' || md5((i % 20000 + 1)::text), 1, repeat('x', 32)::bytea, repeat('x', 40)::bytea, 5,
                       now(), now()
                  FROM generate_series(1, 30000) AS i
                """).update();
    }
}
