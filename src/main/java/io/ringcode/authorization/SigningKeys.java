package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The RSA keys that a tenant's tokens are signed with; the newest signs, all are published. */
@Component
public class SigningKeys {
    /** A key with its signer, which is costly to make. */
    record Signing(RSAKey key, JWSSigner signer) {}

    private final JdbcClient db;
    private final Sealer sealer;
    private final RandomText random;
    private final Clock clock;
    private final LoadingCache<TenantId, List<Signing>> keys;

    SigningKeys(JdbcClient db, Keyring keyring, RandomText random, Clock clock) {
        this.db = db;
        this.sealer = keyring.sealer("signing-key");
        this.random = random;
        this.clock = clock;
        // A tenant may be deleted, and made anew under its name.
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofSeconds(1))
                .maximumSize(10_000)
                .build(this::load);
    }

    /** Loaded when it keeps no start waiting, and before the first signature is asked for. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        Thread.ofPlatform().daemon().name("native-rsa").start(NativeRsa::load);
    }

    Signing current(TenantId tenant) {
        return keys.get(tenant).getFirst();
    }

    JWKSet published(TenantId tenant) {
        return new JWKSet(keys.get(tenant).stream()
                .<JWK>map(signing -> signing.key().toPublicJWK())
                .toList());
    }

    /** Makes the tenant's first key, unless it has one. */
    public void ensure(TenantId tenant) {
        var have = db.sql("SELECT count(*) FROM signing_key WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
        if (have > 0) return;
        try {
            var kid = random.base64(15);
            var key = new RSAKeyGenerator(2048)
                    .provider(NativeRsa.PROVIDER)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            db.sql("""
                    INSERT INTO signing_key (tenant_id, kid, jwk_sealed, created_at)
                    VALUES (:tenant, :kid, :sealed, :now)
                    """)
                    .param("tenant", tenant.value())
                    .param("kid", kid)
                    .param("sealed", sealer.seal(key.toJSONString(), tenant.value(), kid))
                    .param("now", clock.instant().atOffset(UTC))
                    .update();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Cannot make a signing key", impossible);
        }
    }

    private List<Signing> load(TenantId tenant) {
        return db.sql("""
                SELECT kid, jwk_sealed, created_at FROM signing_key WHERE tenant_id = :tenant ORDER BY created_at DESC, kid
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> signing(
                        sealer.openOwn(row.getBytes("jwk_sealed"), tenant.value(), row.getString("kid")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Signing signing(String jwk, Instant created) {
        try {
            var key = KeyCertificates.with(RSAKey.parse(jwk), created);
            var provider = NativeRsa.PROVIDER;
            return new Signing(key, provider == null ? new RSASSASigner(key) : nativeSigner(key, provider));
        } catch (ParseException | JOSEException | GeneralSecurityException | OperatorCreationException damaged) {
            throw new IllegalStateException("A stored signing key cannot be used", damaged);
        }
    }

    /** The key is made the provider's own once, which would otherwise be done again for each signature. */
    private static JWSSigner nativeSigner(RSAKey key, Provider provider)
            throws JOSEException, GeneralSecurityException {
        var encoded = new PKCS8EncodedKeySpec(key.toPrivateKey().getEncoded());
        var signer = new RSASSASigner(KeyFactory.getInstance("RSA", provider).generatePrivate(encoded));
        signer.getJCAContext().setProvider(provider);
        return signer;
    }
}
