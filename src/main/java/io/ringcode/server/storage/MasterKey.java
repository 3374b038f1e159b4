package io.ringcode.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key under which all secrets in the database lie. Whoever loses it loses them: it is not in the database. */
public final class MasterKey {
    private static final int LENGTH = 32;
    private static final int ID_LENGTH = 4;

    private final byte[] bytes;
    private final String id;

    /** @param bytes 32 of them */
    public MasterKey(byte[] bytes) {
        if (bytes.length != LENGTH) throw new IllegalArgumentException("A master key has " + LENGTH + " bytes");
        this.bytes = bytes.clone();
        this.id = HexFormat.of().formatHex(derive("key-id", ID_LENGTH));
    }

    public static MasterKey random() {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** Empty for what is not 32 bytes in Base64. */
    static Optional<MasterKey> parse(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text))
                    .filter(bytes -> bytes.length == LENGTH)
                    .map(MasterKey::new);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** As an operator sets it. */
    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Eight hexadecimal digits that tell keys apart and say nothing of them. */
    public String id() {
        return id;
    }

    /** A key for one purpose (HKDF-SHA-256, RFC 5869). */
    public byte[] derive(String purpose, int length) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(bytes, "HKDF"))
                    .thenExpand(("ringcode/" + purpose).getBytes(UTF_8), length);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HKDF-SHA256", impossible);
        }
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
