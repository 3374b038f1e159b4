package io.ringcode.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 of a value in a context. Fields are length-prefixed, so no two lists of fields hash alike by accident. */
public final class KeyedHash {
    private final Pool<Mac> macs;

    /** @param key of 32 bytes, asked for with the first hash */
    KeyedHash(Supplier<byte[]> key) {
        this.macs = new Pool<>(() -> {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
            return mac;
        });
    }

    /** @return 32 bytes */
    public byte[] of(String... fields) {
        try {
            return macs.use(mac -> {
                for (var field : fields) {
                    var bytes = field.getBytes(UTF_8);
                    mac.update((byte) (bytes.length >> 8));
                    mac.update((byte) bytes.length);
                    mac.update(bytes);
                }
                return mac.doFinal();
            });
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HmacSHA256", impossible);
        }
    }

    /** For look-ups where 16 bytes are enough to tell apart every value an installation will ever hold. */
    public byte[] index(String... fields) {
        return Arrays.copyOf(of(fields), 16);
    }
}
