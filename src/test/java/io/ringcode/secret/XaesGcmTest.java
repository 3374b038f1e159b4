package io.ringcode.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class XaesGcmTest {
    private final byte[] key = randomKey();
    private final XaesGcm sealer = new XaesGcm(key);

    @Test
    void what_is_sealed_opens_in_its_context_and_nowhere_else() {
        var sealed = sealer.seal("+14155550123", "tenant", "row");
        assertThat(sealer.open(sealed, 0, "tenant", "row")).contains("+14155550123");
        assertThat(sealer.open(sealed, 0, "tenant", "other row")).isEmpty();
        assertThat(sealer.open(sealed, 0, "tenant")).isEmpty();
        assertThat(new XaesGcm(randomKey()).open(sealed, 0, "tenant", "row")).isEmpty();
    }

    @Test
    void no_bit_of_it_can_be_changed() {
        var sealed = sealer.seal("secret");
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= 1;
            assertThat(sealer.open(sealed, 0)).isEmpty();
            sealed[i] ^= 1;
        }
        assertThat(sealer.open(new byte[0], 0)).isEmpty();
        assertThat(sealer.open(new byte[39], 0)).isEmpty();
    }

    @Test
    void the_same_value_is_sealed_differently_each_time() {
        assertThat(sealer.seal("secret")).isNotEqualTo(sealer.seal("secret"));
    }

    /** A second opinion on the cipher, for keys of both kinds of subkey. */
    @Test
    void tink_reads_what_we_seal_and_we_read_what_tink_seals() throws GeneralSecurityException {
        for (int round = 0; round < 64; round++) {
            var common = randomKey();
            var ours = new XaesGcm(common);
            var tinks = tink(common);
            var context = "a\nb".getBytes(StandardCharsets.UTF_8);
            assertThat(tinks.decrypt(ours.seal("hello " + round, "a", "b"), context))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hello " + round);
            var theirs = tinks.encrypt("hello".getBytes(StandardCharsets.UTF_8), context);
            assertThat(ours.open(theirs, 0, "a", "b")).contains("hello");
        }
    }

    @AccessesPartialKey
    private static Aead tink(byte[] key) throws GeneralSecurityException {
        AeadConfig.register();
        var xaes = XAesGcmKey.create(
                XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
                SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()),
                null);
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(xaes).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] randomKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
