package io.ringcode.log.stream;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.log.stream.LogReader.Page;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever goes along the log passes no line by, and sees none twice. On a database of its own, where nobody else writes. */
class LogReaderTest {
    private static final Database DATABASE = TestDatabase.freshDatabase();
    private static Ringcode server;
    private static LogReader reader;
    private static TestTenant tenant;
    private static int lines;

    @BeforeAll
    static void start() {
        server = Ringcode.on(DATABASE, new FakeCarrier(), new TestClock());
        reader = server.bean(LogReader.class);
        tenant = server.tenant();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
    }

    private static void write(Connection connection, String description) throws SQLException {
        var sql =
                "INSERT INTO log (tenant_id, id, at, type, data) VALUES (?, ?, ?, 'test', jsonb_build_object('description', ?))";
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.id().value());
            insert.setString(2, "90020300101000000000" + "%012d".formatted(lines++));
            insert.setObject(3, server.clock().instant().atOffset(UTC));
            insert.setString(4, description);
            insert.executeUpdate();
        }
    }

    private static Page after(Cursor cursor) {
        return reader.after(tenant.id(), cursor, null);
    }

    private static Cursor next(Page page) {
        return Objects.requireNonNull(page.next());
    }

    private static List<String> told(Page page) {
        return page.lines().stream()
                .map(line -> String.valueOf(line.record().description()))
                .toList();
    }

    @Test
    void a_commit_that_takes_long_passes_no_line_by() throws SQLException {
        var begin = reader.now();
        try (var slow = connection();
                var quick = connection()) {
            slow.setAutoCommit(false);
            write(slow, "slow");
            write(quick, "quick");
            var early = after(begin);
            assertThat(told(early)).isEmpty();
            slow.commit();
            var late = after(next(early));
            assertThat(told(late)).containsExactly("slow", "quick");
            assertThat(told(after(next(late)))).isEmpty();
            assertThat(told(after(late.lines().getFirst().taken()))).containsExactly("quick");
        }
    }

    @Test
    void long_stretches_are_read_page_by_page() throws SQLException {
        var begin = reader.now();
        try (var connection = connection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 1_200; i++) {
                write(connection, "line " + i);
                if (i % 100 == 99) connection.commit();
            }
        }
        var cursor = begin;
        var all = 0;
        Page page;
        do {
            page = after(cursor);
            assertThat(page.lines().size()).isLessThanOrEqualTo(500);
            for (var line : page.lines())
                assertThat(line.record().description()).isEqualTo("line " + all++);
            cursor = next(page);
        } while (page.more());
        assertThat(all).isEqualTo(1_200);
    }

    /** A dump that was restored elsewhere brings numbers along that mean nothing there. */
    @Test
    void a_cursor_of_another_database_is_told() {
        assertThat(after(Cursor.before(Long.MAX_VALUE / 2)).next()).isNull();
    }
}
