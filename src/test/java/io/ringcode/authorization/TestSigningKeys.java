package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A pool of signing keys for tenants of tests, since a new RSA key costs more than most tests. They are given in turn, so
 * tenants that meet in one test have different ones, and each under an id of its own.
 */
public final class TestSigningKeys {
    /** More than one test has tenants. */
    private static final int MANY = 16;

    private static final List<RSAKey> KEYS =
            IntStream.range(0, MANY).mapToObj(_ -> RsaKeys.jwk()).toList();

    private static final AtomicInteger GIVEN = new AtomicInteger();

    private TestSigningKeys() {}

    /** As {@link SigningKeys#ensure} stores a new one. */
    public static void give(Ringcode server, TenantId tenant) {
        var kid = server.bean(RandomText.class).base64(15);
        var key = new RSAKey.Builder(KEYS.get(GIVEN.getAndIncrement() % MANY))
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build();
        server.bean(JdbcClient.class)
                .sql("""
                        INSERT INTO signing_key (tenant_id, kid, jwk_sealed, created_at)
                        VALUES (:tenant, :kid, :sealed, :now)
                        """)
                .param("tenant", tenant.value())
                .param("kid", kid)
                .param(
                        "sealed",
                        server.bean(Keyring.class).sealer("signing-key").seal(key.toJSONString(), tenant.value(), kid))
                .param("now", server.clock().instant().atOffset(UTC))
                .update();
    }
}
