package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.ServerProcess;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Sign-ins by hashes that were made elsewhere and need far more memory than ours, many at once, in the launcher's heap. */
class ExpensivePasswordsTest {
    private static final int AT_ONCE = 8;

    @TempDir
    Path temp;

    @Test
    void many_at_once_are_checked_or_told_to_wait() throws Exception {
        var folder = ServerProcess.folder(temp);
        try (var carrier = new FakeCarrier()) {
            var tenant = Ringcode.inFolder(folder, carrier);
            // RFC 9106's second choice, and what the largest machine would not bear.
            var bearable = with(tenant, new Argon2PasswordEncoder(16, 32, 4, 65_536, 3).encode("correct horse"));
            var unbearable = with(
                    tenant,
                    "$argon2id$v=19$m=131072,t=10,p=1$5WoejzaBYyXzO12do1u6jg$"
                            + "+romgDAd9aMA8Rl9uHS/NUjoLaO3vU/QAlR5BMg7XT8");
            tenant.server().close();
            var server = ServerProcess.asLaunched(folder, carrier);
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(callers.submit(() -> signIn(server, bearable)));
                    answers.add(callers.submit(() -> signIn(server, unbearable)));
                }
                var statuses = new ArrayList<Integer>();
                for (var answer : answers) statuses.add(answer.get());
                // 403: the password was judged; 429: wait; 503: a machine too slow for so many had no connection free.
                assertThat(statuses).isSubsetOf(403, 429, 503);
                assertThat(statuses).contains(403);
                assertThat(signIn(server, bearable)).isEqualTo(403);
                assertThat(server.isReady()).isTrue();
                assertThat(server.toString()).doesNotContain("OutOfMemoryError");
            } finally {
                server.stop();
            }
        }
    }

    private static TestTenant.Person with(TestTenant tenant, String hash) {
        var person = tenant.person();
        tenant.server()
                .bean(JdbcClient.class)
                .sql("UPDATE app_user SET password_hash = :hash WHERE tenant_id = :tenant AND id = :id")
                .param("hash", hash)
                .param("tenant", tenant.id().value())
                .param("id", person.id().value())
                .update();
        return person;
    }

    private static int signIn(ServerProcess server, TestTenant.Person person) throws Exception {
        return server.post(
                        "/oauth/token",
                        null,
                        Map.of(
                                "grant_type", "password",
                                "client_id", "app",
                                "client_secret", "the-secret-of-the-application",
                                "username", person.email(),
                                "password", person.password()))
                .status();
    }
}
