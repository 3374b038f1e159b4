package io.ringcode.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption under one key: XAES-256-GCM (C2SP), whose 24-byte nonces may be random for any number of values. What is
 * sealed opens only in the context it was sealed for, such as its tenant and row. A sealed value is nonce, ciphertext,
 * tag. Made of the JDK's AES; docs/decisions/0005 has the reason.
 */
final class XaesGcm {
    private static final int NONCE = 24;
    private static final int HALF = 12;
    private static final int BLOCK = 16;
    private static final int TAG_BITS = 128;
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Pool<Cipher> GCM = new Pool<>(() -> Cipher.getInstance("AES/GCM/NoPadding"));

    private final Pool<Cipher> blocks;
    private final byte[] subkey;

    /** @param key 32 bytes */
    XaesGcm(byte[] key) {
        var spec = new SecretKeySpec(key, "AES");
        this.blocks = new Pool<>(() -> {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, spec);
            return cipher;
        });
        try {
            this.subkey = doubled(aes(new byte[BLOCK]));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES", impossible);
        }
    }

    byte[] seal(String value, String... context) {
        return seal(NOTHING, value, context);
    }

    /** @param head stands before what is sealed, as it is */
    byte[] seal(byte[] head, String value, String... context) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var plain = value.getBytes(UTF_8);
            var sealed = Arrays.copyOf(head, head.length + NONCE + plain.length + TAG_BITS / 8);
            System.arraycopy(nonce, 0, sealed, head.length, NONCE);
            GCM.use(cipher -> {
                init(cipher, Cipher.ENCRYPT_MODE, nonce, 0, context);
                return cipher.doFinal(plain, 0, plain.length, sealed, head.length + NONCE);
            });
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Cannot seal", impossible);
        }
    }

    /**
     * @param at where it begins, behind its head
     * @return empty when the value was forged, damaged, or sealed in another context or under another key
     */
    Optional<String> open(byte[] sealed, int at, String... context) {
        if (sealed.length < at + NONCE + TAG_BITS / 8) return Optional.empty();
        try {
            var plain = GCM.use(cipher -> {
                init(cipher, Cipher.DECRYPT_MODE, sealed, at, context);
                return cipher.doFinal(sealed, at + NONCE, sealed.length - at - NONCE);
            });
            return Optional.of(new String(plain, UTF_8));
        } catch (AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Cannot open", impossible);
        }
    }

    /** AES-256-GCM under a key of this nonce's first half, with its second half as GCM's nonce. */
    private void init(Cipher cipher, int mode, byte[] nonce, int at, String... context)
            throws GeneralSecurityException {
        var ofNonce = new SecretKeySpec(derive(nonce, at), "AES");
        cipher.init(mode, ofNonce, new GCMParameterSpec(TAG_BITS, nonce, at + HALF, HALF));
        cipher.updateAAD(String.join("\n", context).getBytes(UTF_8));
    }

    /** Two blocks of AES-CMAC in counter mode (NIST SP 800-108), labelled X, over the nonce's first half. */
    private byte[] derive(byte[] nonce, int from) throws GeneralSecurityException {
        var labelled = new byte[2 * BLOCK];
        for (int block = 0; block < 2; block++) {
            var at = block * BLOCK;
            labelled[at + 1] = (byte) (block + 1);
            labelled[at + 2] = 'X';
            System.arraycopy(nonce, from, labelled, at + 4, HALF);
            for (int i = 0; i < BLOCK; i++) labelled[at + i] ^= subkey[i];
        }
        return aes(labelled);
    }

    private byte[] aes(byte[] plain) throws GeneralSecurityException {
        return blocks.use(cipher -> cipher.doFinal(plain));
    }

    /** CMAC's first subkey: doubling in GF(2^128). */
    private static byte[] doubled(byte[] block) {
        var doubled = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            var carry = i + 1 < BLOCK ? (block[i + 1] & 0x80) >>> 7 : 0;
            doubled[i] = (byte) (block[i] << 1 | carry);
        }
        if ((block[0] & 0x80) != 0) doubled[BLOCK - 1] ^= (byte) 0x87;
        return doubled;
    }
}
