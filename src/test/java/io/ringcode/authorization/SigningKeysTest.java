package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.ringcode.Ringcode;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SigningKeysTest {
    /** Signing is the dearest step of a sign-in, and four times dearer without it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_native_library_of_this_platform_is_the_one_that_is_found() {
        assertThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError()).isNull();
    }

    @Test
    void what_was_read_before_a_revocation_committed_is_not_kept() {
        var server = Ringcode.shared();
        var tenant = server.tenant().id();
        var keys = server.bean(SigningKeys.class);
        var rotation = server.bean(SigningKeyRotation.class);
        var first = keys.current(tenant).key().getKeyID();
        rotation.rotate(tenant);
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            rotation.revoke(tenant, first);
            var seen =
                    CompletableFuture.supplyAsync(() -> keys.published(tenant).getKeyByKeyId(first));
            assertThat(seen.join()).as("by another request, meanwhile").isNotNull();
        });
        assertThat(keys.published(tenant).getKeyByKeyId(first)).isNull();
    }

    @Test
    void a_rotation_binds_on_another_server_within_a_second() throws Exception {
        var server = Ringcode.shared();
        var tenant = server.tenant().id();
        var there = new SigningKeys(server.bean(SigningKeyTable.class), server.clock());
        var first = there.current(tenant).key().getKeyID();
        server.bean(SigningKeyRotation.class).rotate(tenant);
        Eventually.holds(
                "the next key signs",
                Duration.ofSeconds(1),
                () -> !there.current(tenant).key().getKeyID().equals(first));
    }

    @Test
    void a_key_that_does_not_open_keeps_no_other_tenant_from_a_next_one() {
        var server = Ringcode.shared();
        var schedule = server.bean(SigningKeySchedule.class);
        var damaged = server.tenant().id();
        var sound = server.tenant().id();
        server.bean(JdbcClient.class)
                .sql("UPDATE signing_key SET jwk_sealed = '\\x00' WHERE tenant_id = ?")
                .param(damaged.value())
                .update();
        try {
            assertThatThrownBy(() -> {
                        while (server.bean(SigningKeyRotation.class).list(sound).size() < 2) schedule.run();
                    })
                    .hasMessageContaining("does not open");
            assertThat(server.bean(SigningKeyRotation.class).list(sound)).hasSize(2);
        } finally {
            server.bean(JdbcClient.class)
                    .sql("DELETE FROM signing_key WHERE tenant_id = ?")
                    .param(damaged.value())
                    .update();
        }
    }
}
