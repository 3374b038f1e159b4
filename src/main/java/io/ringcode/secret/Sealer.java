package io.ringcode.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/**
 * Authenticated encryption (XAES-256-GCM, whose nonces are long enough to be random for any number of values). What is
 * sealed opens only in the context it was sealed for, such as its tenant and row.
 */
public final class Sealer {
    private final Aead aead;

    @AccessesPartialKey
    Sealer(byte[] key) {
        try {
            AeadConfig.register();
            var xaes = XAesGcmKey.create(
                    XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
                    SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()),
                    null);
            this.aead = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(xaes).withRandomId().makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Cannot make a cipher", impossible);
        }
    }

    public byte[] seal(String value, String... context) {
        try {
            return aead.encrypt(bytes(value), bytes(String.join("\n", context)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Cannot seal", impossible);
        }
    }

    /** @return empty when the value was forged, damaged, or sealed in another context or under another key */
    public Optional<String> open(byte[] sealed, String... context) {
        try {
            return Optional.of(new String(aead.decrypt(sealed, bytes(String.join("\n", context))), UTF_8));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    /** As {@link #open}, for what this installation wrote itself. */
    public String openOwn(byte[] sealed, String... context) {
        return open(sealed, context)
                .orElseThrow(() -> new IllegalStateException("A stored value does not open: was it moved or changed?"));
    }

    /** Sealed text for a URL or a header: base64url without padding (RFC 4648 section 5). */
    public String sealToken(String value, String... context) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal(value, context));
    }

    public Optional<String> openToken(String token, String... context) {
        try {
            return open(Base64.getUrlDecoder().decode(token), context);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
