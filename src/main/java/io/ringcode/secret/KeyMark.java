package io.ringcode.secret;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key identifier before a sealed value: a byte that says so, and the four of its master key's id. Values of the installation's
 * first master key have none, since servers of older releases read and wrote them so.
 */
@SuppressWarnings("ArrayRecordComponent") // only put before values and compared with what stands there
public record KeyMark(byte[] bytes) {
    static final int LENGTH = 5;
    private static final byte KIND = 1;

    static final KeyMark NONE = new KeyMark(new byte[0]);

    static KeyMark ofKey(String id) {
        var bytes = new byte[LENGTH];
        bytes[0] = KIND;
        System.arraycopy(HexFormat.of().parseHex(id), 0, bytes, 1, LENGTH - 1);
        return new KeyMark(bytes);
    }

    /** The master key's id that stands before a sealed value; by chance also before one in 256 that has none. */
    static Optional<String> of(byte[] sealed) {
        return sealed.length < LENGTH || sealed[0] != KIND
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(sealed, 1, LENGTH));
    }

    /** Whether a sealed value begins with it. */
    public boolean isBefore(byte[] sealed) {
        return sealed.length >= bytes.length && Arrays.equals(sealed, 0, bytes.length, bytes, 0, bytes.length);
    }
}
