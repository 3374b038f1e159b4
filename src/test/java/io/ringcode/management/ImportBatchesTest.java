package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.Connections;
import io.ringcode.server.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Users are imported many at once: what becomes of each is what would become of it alone, after those before it. */
class ImportBatchesTest {
    private static final String SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String HASH = new BCryptPasswordEncoder(4).encode("old password");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final ImportedUsers imports = new ImportedUsers(admin);
    private final JdbcClient db = tenant.server().bean(JdbcClient.class);

    @Test
    void a_user_who_comes_twice_keeps_the_name_to_sign_in_by() throws Exception {
        var row = Map.of("user_id", "a", "email", "a@example.com", "password_hash", HASH);
        var job = imports.run(List.of(row, row, Map.of("user_id", "b", "email", "A@example.com")));
        assertThat(summary(job)).contains("\"inserted\":1", "\"failed\":2");
        assertThat(tenant.token("password", "username", "a@example.com", "password", "old password")
                        .text("error"))
                .isEqualTo("mfa_required");
        assertThat(imports.errors(job)).contains("DUPLICATED_USER");
    }

    @Test
    void whoever_is_refused_takes_no_name_from_those_behind() throws Exception {
        imports.run(List.of(Map.of("email", "taken@example.com")));
        var job = imports.run(List.of(
                Map.of("email", "taken@example.com", "username", "free@example.com"),
                Map.of("email", "free@example.com"),
                Map.of("email", "x@example.com", "username", "y@example.com"),
                Map.of("email", "y@example.com", "username", "z@example.com"),
                Map.of("email", "z@example.com")));
        assertThat(summary(job)).contains("\"inserted\":3", "\"failed\":2");
        assertThat(emails()).containsExactly("free@example.com", "taken@example.com", "x@example.com", "z@example.com");
    }

    @Test
    void an_upsert_sees_what_the_rows_before_have_changed() throws Exception {
        imports.run(List.of(
                Map.of("user_id", "a", "email", "old@example.com"), Map.of("user_id", "b", "email", "b@example.com")));
        var job = imports.run(
                List.of(
                        Map.of("user_id", "a", "email", "new@example.com", "name", "First"),
                        Map.of("user_id", "c", "email", "old@example.com", "user_metadata", Map.of("x", 1)),
                        Map.of("email", "new@example.com", "given_name", "Second"),
                        Map.of("user_id", "b", "email", "old@example.com"),
                        Map.of("email", "old@example.com", "blocked", true, "user_metadata", Map.of("y", 2)),
                        // Names change hands: of b's, then of a's.
                        Map.of("user_id", "b", "email", "third@example.com"),
                        Map.of("user_id", "a", "email", "b@example.com")),
                "true");
        assertThat(summary(job)).contains("\"inserted\":1", "\"updated\":5", "\"failed\":1");
        var a = admin.get("/users/auth0|a");
        assertThat(List.of(a.text("email"), a.text("name"), a.text("given_name")))
                .containsExactly("b@example.com", "First", "Second");
        var c = admin.get("/users/auth0|c");
        assertThat(c.body().path("blocked").asBoolean()).isTrue();
        assertThat(c.body().path("user_metadata").toString()).isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(names())
                .containsExactly("auth0|a b@example.com", "auth0|b third@example.com", "auth0|c old@example.com");
    }

    @Test
    void two_rows_of_a_user_bind_no_factor_twice() throws Exception {
        var number = TestTenant.newNumber();
        var phone = Map.of("phone", Map.of("value", number));
        var app = Map.of("totp", Map.of("secret", SEED));
        var code = Map.of("recovery_code", Map.of("value", "ABCDEFGHIJKLMNOP"));
        var row = Map.of("email", "a@example.com", "mfa_factors", List.of(phone, app, phone, code));
        var job =
                imports.run(List.of(row, row, Map.of("email", "b@example.com", "mfa_factors", List.of(phone))), "true");
        assertThat(summary(job)).contains("\"inserted\":2", "\"updated\":1", "\"failed\":0");
        assertThat(db.sql("SELECT kind FROM enrollment WHERE tenant_id = :tenant ORDER BY kind")
                        .param("tenant", tenant.id().value())
                        .query(String.class)
                        .list())
                .containsExactly("phone", "phone", "recovery-code", "totp");
    }

    /** As by another locale's way of comparing: the index over addresses says no, and the names are free. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void an_address_that_only_the_database_finds_taken_costs_no_other_row(String upsert) throws Exception {
        imports.run(List.of(Map.of("user_id", "u7", "email", "u7@example.com")));
        db.sql("""
                INSERT INTO app_user (tenant_id, id, connection, email, named, created_at, updated_at)
                VALUES (:tenant, 'auth0|hidden', :connection, 'hidden@example.com', true, now(), now())
                """)
                .param("tenant", tenant.id().value())
                .param("connection", Connections.DEFAULT)
                .update();
        var rows = many(20);
        rows.set(3, Map.of("email", "hidden@example.com"));
        rows.set(7, Map.of("user_id", "u7", "email", "hidden@example.com"));
        var job = imports.run(rows, upsert);
        assertThat(summary(job)).contains("\"inserted\":18", "\"failed\":2", "\"updated\":0");
        var reason = upsert.equals("true") ? "CONFLICT" : "DUPLICATED_USER";
        for (int i = 0; i < 2; i++)
            assertThat(errors(job).get(i).path("errors").get(0).path("code").asString())
                    .isEqualTo(reason);
        assertThat(names()).hasSize(19).contains("auth0|u7 u7@example.com").noneMatch(name -> name.contains("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void a_row_that_the_database_refuses_costs_no_other(String upsert) throws Exception {
        db.sql("ALTER TABLE enrollment ADD CONSTRAINT poison CHECK (user_id <> 'auth0|poison') NOT VALID")
                .update();
        try {
            var rows = many(40);
            rows.set(17, row("poison"));
            var job = imports.run(rows, upsert);
            assertThat(summary(job)).contains("\"inserted\":39", "\"failed\":1", "\"updated\":0");
            assertThat(errors(job).get(0).toString()).contains("poison@example.com", "INVALID_FORMAT");
            assertThat(emails()).hasSize(39).doesNotContain("poison@example.com");
            assertThat(names()).hasSize(39);
            assertThat(count("enrollment")).isEqualTo(39);
        } finally {
            db.sql("ALTER TABLE enrollment DROP CONSTRAINT poison").update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void a_user_who_was_stored_before_names_had_a_form_is_found_among_many(String upsert) throws Exception {
        db.sql("""
                INSERT INTO app_user (tenant_id, id, connection, email, username, created_at, updated_at)
                VALUES (:tenant, 'auth0|old', :connection, 'Old@example.com', 'old', now(), now())
                """)
                .param("tenant", tenant.id().value())
                .param("connection", Connections.DEFAULT)
                .update();
        var rows = many(9);
        rows.set(2, Map.of("email", "old@example.com", "name", "Still here"));
        rows.set(5, Map.of("email", "z@example.com", "username", "OLD"));
        var job = imports.run(rows, upsert);
        var changed = upsert.equals("true");
        assertThat(summary(job))
                .contains(
                        "\"inserted\":7",
                        changed ? "\"updated\":2" : "\"failed\":2",
                        changed ? "\"failed\":0" : "\"updated\":0");
        if (changed) assertThat(admin.get("/users/auth0|old").text("name")).isEqualTo("Still here");
        if (changed) assertThat(admin.get("/users/auth0|old").text("email")).isEqualTo("z@example.com");
        assertThat(count("app_user")).isEqualTo(8);
    }

    /** With those of an empty table PostgreSQL would read all of it for each row that is looked up. */
    @Test
    void statistics_grow_with_the_tables() throws Exception {
        imports.run(many(1_100));
        for (var table : List.of("app_user", "login_name", "enrollment"))
            assertThat(db.sql("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:table)")
                            .param("table", table)
                            .query(Double.class)
                            .single())
                    .as(table)
                    .isGreaterThanOrEqualTo(500);
    }

    @Test
    void a_name_that_somebody_takes_meanwhile_costs_no_other_row() throws Exception {
        var rows = many(30);
        rows.set(11, Map.of("email", "wanted@example.com"));
        try (var rival = connection()) {
            claim(rival, "wanted@example.com");
            var job = imports.begin(rows, "false");
            Eventually.holds("the import waits for the name", () -> blockedBy(rival) != 0);
            rival.commit();
            assertThat(summary(imports.ended(job))).contains("\"inserted\":29", "\"failed\":1");
            assertThat(names()).hasSize(30).contains("auth0|rival wanted@example.com");
        }
    }

    @Test
    void a_batch_that_is_cut_off_leaves_nothing_and_is_done_once_more_when_the_lease_has_ended() throws Exception {
        var rows = many(1_100);
        String job;
        try (var rival = connection()) {
            claim(rival, "u730@example.com");
            job = imports.begin(rows, "false").text("id");
            Eventually.holds("the import waits in its second part", () -> blockedBy(rival) != 0);
            assertThat(admin.get("/jobs/" + job).body().path("percentage_done").asInt())
                    .isEqualTo(45);
            var cut = blockedBy(rival);
            assertThat(db.sql("SELECT pg_terminate_backend(:pid)")
                            .param("pid", cut)
                            .query(Boolean.class)
                            .single())
                    .isTrue();
            Eventually.holds("the connection's end", () -> blockedBy(rival) == 0);
            rival.rollback();
        }
        assertThat(emails()).hasSize(500);
        assertThat(names()).hasSize(500);
        assertThat(count("enrollment")).isEqualTo(500);
        tenant.server().clock().advance(Duration.ofSeconds(61));
        // Another job has the worker look for work.
        imports.run(List.of(Map.of("email", "other@example.com")));
        var ended = new Answer[1];
        Eventually.holds("the job's end", () -> {
            ended[0] = admin.get("/jobs/" + job);
            return ended[0].text("status").equals("completed");
        });
        assertThat(summary(ended[0])).contains("\"inserted\":1100", "\"failed\":0", "\"total\":1100");
        assertThat(names()).hasSize(1_101);
        assertThat(count("enrollment")).isEqualTo(1_100);
    }

    private static List<Map<String, Object>> many(int users) {
        return new ArrayList<>(
                IntStream.range(0, users).mapToObj(n -> row("u" + n)).toList());
    }

    private static Map<String, Object> row(String key) {
        var code = Map.of("recovery_code", Map.of("value", "ABCDEFGHIJKLMNOP"));
        return Map.of("user_id", key, "email", key + "@example.com", "mfa_factors", List.of(code));
    }

    private Connection connection() throws SQLException {
        var connection = tenant.server().bean(DataSource.class).getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** As a sign-up does it, but for its commit. */
    private void claim(Connection rival, String name) throws SQLException {
        try (var statement = rival.createStatement()) {
            statement.execute("INSERT INTO login_name (tenant_id, connection, name, user_id) VALUES ('"
                    + tenant.id().value() + "', '" + Connections.DEFAULT + "', '" + name + "', 'auth0|rival')");
            statement.execute("INSERT INTO app_user (tenant_id, id, connection, email, named, created_at, updated_at)"
                    + " VALUES ('" + tenant.id().value() + "', 'auth0|rival', '" + Connections.DEFAULT + "', '" + name
                    + "', true, now(), now())");
        }
    }

    /** @return the process of the database that waits for {@code rival}; 0 for none */
    private int blockedBy(Connection rival) throws SQLException {
        var own = rival.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        return db.sql("SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE :own = ANY (pg_blocking_pids(pid))")
                .param("own", own)
                .query(Integer.class)
                .single();
    }

    private static String summary(Answer job) {
        return job.body().path("summary").toString();
    }

    private tools.jackson.databind.JsonNode errors(Answer job) {
        return admin.get("/jobs/" + job.text("id") + "/errors").body();
    }

    private List<String> emails() {
        return db.sql("SELECT email FROM app_user WHERE tenant_id = :tenant ORDER BY email")
                .param("tenant", tenant.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> names() {
        return db.sql("SELECT user_id || ' ' || name FROM login_name WHERE tenant_id = :tenant ORDER BY user_id")
                .param("tenant", tenant.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private int count(String table) {
        return db.sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }
}
