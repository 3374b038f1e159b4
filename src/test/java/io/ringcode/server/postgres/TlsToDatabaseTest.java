package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.LocalTls;
import io.ringcode.TestDatabase;
import io.ringcode.server.Eventually;
import io.ringcode.server.settings.StartRefused;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.DriverManager;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose certificate must be the right one ({@code sslmode=verify-full}). */
class TlsToDatabaseTest {
    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    @TempDir
    Path temp;

    @AfterEach
    void withoutTls() {
        TestDatabase.executeOutside("ALTER SYSTEM RESET ssl");
        TestDatabase.executeOutside("SELECT pg_reload_conf()");
    }

    @BeforeEach
    void withTls() throws Exception {
        LocalTls.made(temp);
        var password = "changeit".toCharArray();
        var store = KeyStore.getInstance(temp.resolve("keys.p12").toFile(), password);
        var certificate = store.getCertificate("it").getEncoded();
        var folder = clusterFolder();
        give(folder.resolve("server.crt"), pem("CERTIFICATE", certificate));
        give(
                folder.resolve("server.key"),
                pem("PRIVATE KEY", store.getKey("it", password).getEncoded()));
        Files.writeString(authority(), pem("CERTIFICATE", certificate));
        TestDatabase.executeOutside("ALTER SYSTEM SET ssl = on");
        TestDatabase.executeOutside("SELECT pg_reload_conf()");
        Eventually.holds("TLS", () -> {
            try (var _ = DriverManager.getConnection(
                    url("localhost", "require", authority()), database.user(), database.password())) {
                return true;
            } catch (java.sql.SQLException notYet) {
                return false;
            }
        });
    }

    @Test
    void the_right_certificate_is_believed_and_what_is_sent_is_encrypted() throws Exception {
        var target = ExternalDatabase.require(target("localhost", authority()));
        try (var connection = PostgresConnections.open(target, ConnectionTimes.OF_REQUESTS);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void a_strangers_certificate_one_for_another_host_and_none_are_refused_in_a_line_that_says_what_to_do()
            throws Exception {
        LocalTls.made(Files.createDirectory(temp.resolve("other")));
        var stranger = KeyStore.getInstance(temp.resolve("other/keys.p12").toFile(), "changeit".toCharArray());
        var other = temp.resolve("other.pem");
        Files.writeString(
                other, pem("CERTIFICATE", stranger.getCertificate("it").getEncoded()));
        assertRefused(target("localhost", other));
        assertRefused(target("127.0.0.1", authority()));
        assertRefused(target("localhost", temp.resolve("nothing.pem")));
        withoutTls();
        Eventually.holds("no TLS", () -> {
            try (var _ = DriverManager.getConnection(
                    url("localhost", "require", authority()), database.user(), database.password())) {
                return false;
            } catch (java.sql.SQLException refused) {
                return true;
            }
        });
        assertRefused(target("localhost", authority()));
    }

    private static void assertRefused(DatabaseTarget target) {
        assertThatThrownBy(() -> ExternalDatabase.require(target))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("TLS to the database fails")
                .hasMessageContaining("sslrootcert")
                .hasMessageNotContaining("\n");
    }

    private Path authority() {
        return temp.resolve("authority.pem");
    }

    private DatabaseTarget target(String host, Path authority) {
        return DatabaseTarget.fixed(url(host, "verify-full", authority), database.user(), database.password());
    }

    private String url(String host, String mode, Path authority) {
        return database.url().replace("127.0.0.1", host) + "?sslmode=" + mode + "&sslrootcert=" + authority;
    }

    private Path clusterFolder() throws Exception {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    /** To PostgreSQL's account, which reads no key that others may read. */
    private static void give(Path file, String text) throws Exception {
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        io.ringcode.server.storage.DurableFiles.setMode(file, "rw-------");
        for (var attribute : new String[] {"unix:gid", "unix:uid"})
            Files.setAttribute(
                    file, attribute, Files.getAttribute(file.getParent(), attribute, LinkOption.NOFOLLOW_LINKS));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
