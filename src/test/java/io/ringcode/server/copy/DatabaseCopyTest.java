package io.ringcode.server.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.server.postgres.CommandDatabase;
import io.ringcode.server.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A copy counts once all that was read is there. */
class DatabaseCopyTest {
    @Test
    void rows_that_are_not_the_same_there_fill_nothing() throws Exception {
        var target = TestDatabase.emptyDatabase();
        try (var source = database(TestDatabase.freshDatabase());
                var other = database(target)) {
            try (var from = source.connect();
                    var into = other.connect()) {
                assertThatThrownBy(() -> DatabaseCopy.copy(
                                from,
                                into,
                                version -> {
                                    var known = other.migrateTo(version);
                                    TestDatabase.execute(target, """
                                            CREATE FUNCTION falsify() RETURNS trigger LANGUAGE plpgsql AS
                                                $$BEGIN NEW.created_at := NEW.created_at + interval '1 microsecond'; RETURN NEW; END$$;
                                            CREATE TRIGGER falsify BEFORE INSERT ON tenant FOR EACH ROW EXECUTE FUNCTION falsify()
                                            """);
                                    return known;
                                },
                                _ -> {}))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the table tenant is not the same there");
            }
            assertThat(TestDatabase.count(target, "SELECT count(*) FROM tenant"))
                    .isZero();
            TestDatabase.execute(target, "DROP TRIGGER falsify ON tenant");
            var told = new ArrayList<String>();
            try (var from = source.connect();
                    var into = other.connect()) {
                DatabaseCopy.copy(from, into, other::migrateTo, told::add);
            }
            assertThat(told).contains("tenant: 1");
            assertThat(TestDatabase.count(target, "SELECT count(*) FROM tenant"))
                    .isOne();
        }
    }

    @Test
    void the_digest_of_rows_is_of_their_bytes_and_not_of_their_order() throws Exception {
        var rows = digest(1_000, "one\t1\ntwo\t2\nthree\t\\N\n");
        assertThat(rows.count()).isEqualTo(3);
        assertThat(digest(1, "three\t\\N\none\t1\ntwo\t2\n")).isEqualTo(rows);
        assertThat(digest(5, "one\t1\ntwo\t2\nthree\t\\N\n")).isEqualTo(rows);
        assertThat(digest(5, "one\t1\ntwo\t3\nthree\t\\N\n")).isNotEqualTo(rows);
        assertThat(digest(5, "one\t1\ntwo\t2\ntwo\t2\nthree\t\\N\n")).isNotEqualTo(rows);
        assertThat(digest(5, "one\t1\n\ntwo\t2three\t\\N\n")).isNotEqualTo(rows);
    }

    /** @param block how many bytes come at once */
    private static RowDigest.Rows digest(int block, String text) throws IOException {
        var through = new ByteArrayOutputStream();
        var bytes = text.getBytes(UTF_8);
        try (var digest = new RowDigest(through, _ -> {})) {
            for (int i = 0; i < bytes.length; i += block) digest.write(bytes, i, Math.min(block, bytes.length - i));
            assertThat(through.toByteArray()).isEqualTo(bytes);
            return digest.rows();
        }
    }

    private static CommandDatabase database(TestDatabase.Database database) {
        var settings = Settings.read(
                new String[0],
                Map.of(
                        "RINGCODE_DATABASE_URL", database.url(),
                        "RINGCODE_DATABASE_USERNAME", database.user(),
                        "RINGCODE_DATABASE_PASSWORD", database.password(),
                        "RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY));
        return CommandDatabase.external(requireNonNull(settings.database()));
    }
}
