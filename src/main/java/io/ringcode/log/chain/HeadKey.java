package io.ringcode.log.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Macs;
import io.ringcode.tenant.TenantId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/**
 * The key that signs a tenant's heads (Ed25519, RFC 8032), as JWS (RFC 8037), which any library of JOSE checks. It is derived from the root of
 * hashes, so it lies in no table, and stays the same when master keys turn.
 */
final class HeadKey {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int LENGTH = 32;

    private final KeyPair pair;
    private final String id;

    private HeadKey(KeyPair pair) {
        this.pair = pair;
        // RFC 7638: the thumbprint of a key is its name.
        this.id = BASE64.encodeToString(Macs.digest(
                "SHA-256", ("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x() + "\"}").getBytes(US_ASCII)));
    }

    static HeadKey of(Keyring keys, TenantId tenant) {
        var seed = keys.hash("log-head").of(tenant.value());
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return new HeadKey(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no Ed25519", impossible);
        }
    }

    /** A private key of Ed25519 is 32 random bytes: these. Java offers no other way to the public key of a private one. */
    private static final class Seed extends SecureRandom {
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) throw new IllegalStateException("A key of Ed25519 has 32 bytes");
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }

    String id() {
        return id;
    }

    /** The public key's value, as JWK has it: 32 bytes, the lowest first, and the sign of the other coordinate in the last bit. */
    String x() {
        var point = ((EdECPublicKey) pair.getPublic()).getPoint();
        var high = point.getY().toByteArray();
        var bytes = new byte[LENGTH];
        for (int i = 0; i < Math.min(high.length, LENGTH); i++) bytes[i] = high[high.length - 1 - i];
        if (point.isXOdd()) bytes[LENGTH - 1] |= (byte) 0x80;
        return BASE64.encodeToString(bytes);
    }

    String sign(String payload) {
        var header = "{\"alg\":\"EdDSA\",\"kid\":\"" + id + "\",\"typ\":\"log-head+jws\"}";
        var signed =
                BASE64.encodeToString(header.getBytes(UTF_8)) + "." + BASE64.encodeToString(payload.getBytes(UTF_8));
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no Ed25519", impossible);
        }
    }

    /** Whether this key signed it. */
    boolean signed(String jws) {
        var parts = jws.split("\\.", -1);
        if (parts.length != 3) return false;
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(pair.getPublic());
            signature.update(jws.substring(0, jws.lastIndexOf('.')).getBytes(US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            return false;
        }
    }
}
