package io.ringcode.authorization;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.ringcode.authorization.SigningKey.Place;
import io.ringcode.authorization.SigningKey.Placed;
import io.ringcode.database.AfterCommit;
import io.ringcode.tenant.TenantId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The RSA keys that a tenant's tokens are signed with; one signs, and all but the revoked ones are published. */
@Component
public class SigningKeys {
    /** A key with its signer, which is costly to make. */
    record Signing(RSAKey key, JWSSigner signer) {}

    /** @param published the one that signs comes first */
    private record Keys(Signing current, JWKSet published) {}

    private final SigningKeyTable table;
    private final Clock clock;
    private final LoadingCache<TenantId, Keys> keys;

    SigningKeys(SigningKeyTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
        // A tenant may be deleted, and made anew under its name; another server may turn its keys.
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMillis(500))
                .maximumSize(10_000)
                .build(this::load);
    }

    /** Loaded when it keeps no start waiting, and before the first signature is asked for. */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        Thread.ofPlatform().daemon().name("native-rsa").start(NativeRsa::load);
    }

    Signing current(TenantId tenant) {
        return keys.get(tenant).current();
    }

    JWKSet published(TenantId tenant) {
        return keys.get(tenant).published();
    }

    /** Makes the tenant's first key, unless it has one. */
    public void ensure(TenantId tenant) {
        if (table.any(tenant)) return;
        var now = clock.instant();
        table.add(tenant, table.generate(), now, now);
        // Those of a tenant that had this name may have been read a moment ago.
        forget(tenant);
    }

    void forget(TenantId tenant) {
        AfterCommit.forget(() -> keys.invalidate(tenant));
    }

    private Keys load(TenantId tenant) {
        var placed = SigningKey.placed(table.all(tenant)).stream()
                .filter(key -> key.place() != Place.REVOKED)
                .toList();
        var published = new JWKSet(
                placed.stream().<JWK>map(key -> key.key().key().toPublicJWK()).toList());
        return new Keys(signing(placed), published);
    }

    private static Signing signing(List<Placed> placed) {
        var key = placed.getFirst().key().key();
        try {
            var provider = NativeRsa.PROVIDER;
            return new Signing(key, provider == null ? new RSASSASigner(key) : nativeSigner(key, provider));
        } catch (JOSEException | GeneralSecurityException damaged) {
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
