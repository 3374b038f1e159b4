package io.ringcode;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app on somebody's phone (RFC 6238), written apart from the server's own arithmetic. */
public record TotpApp(String seed) {
    public String code(Instant at) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key(), "HmacSHA1"));
            var step = at.getEpochSecond() / 30;
            var digest = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            var offset = digest[19] & 15;
            var number = ByteBuffer.wrap(digest, offset, 4).getInt() & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] key() {
        var bits = new StringBuilder();
        seed.chars()
                .map("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"::indexOf)
                .forEach(value -> bits.append(Integer.toBinaryString(32 + value).substring(1)));
        var key = new byte[bits.length() / 8];
        for (int i = 0; i < key.length; i++) key[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        return key;
    }
}
