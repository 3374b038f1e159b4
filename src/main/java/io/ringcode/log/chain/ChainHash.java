package io.ringcode.log.chain;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 over the hash of the line before and a {@link StoredLine}. The first line stands behind 32 zero bytes. For one thread. */
final class ChainHash {
    static final int LENGTH = 32;

    private final MessageDigest digest;

    ChainHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    /** What the first line of all stands behind. */
    static byte[] none() {
        return new byte[LENGTH];
    }

    /** The hash of a line among those of its segment. */
    static byte[] at(byte[] hashes, int index) {
        return Arrays.copyOfRange(hashes, index * LENGTH, (index + 1) * LENGTH);
    }

    /**
     * @param from where in {@code previous} the hash of the line before begins
     * @param to where in {@code into} this line's is put
     */
    void chain(byte[] previous, int from, StoredLine line, byte[] into, int to) {
        try {
            digest.update(previous, from, LENGTH);
            digest.update(line.bytes(), line.offset(), line.length());
            digest.digest(into, to, LENGTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("SHA-256 has 32 bytes", impossible);
        }
    }
}
