package io.ringcode.server.copy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/** Counts the rows that COPY writes and digests them, whatever their order: two tables with the same sum have the same rows. */
final class RowDigest extends OutputStream {
    private static final long TOLD_EVERY = 1_000_000;

    private final OutputStream out;
    private final LongConsumer progress;
    private final MessageDigest sha;
    private long rows;
    private long sum;

    /** @param sum of the digests of the rows, 64 bits of each */
    record Rows(long count, long sum) {}

    /** @param progress is told the number so far at each million */
    RowDigest(OutputStream out, LongConsumer progress) {
        this.out = out;
        this.progress = progress;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Of what has gone through. */
    Rows rows() {
        return new Rows(rows, sum);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** COPY writes each row as a line, and line ends within a value as \n. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        var begin = from;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] != '\n') continue;
            sha.update(bytes, begin, i - begin);
            sum += ByteBuffer.wrap(sha.digest()).getLong();
            if (++rows % TOLD_EVERY == 0) progress.accept(rows);
            begin = i + 1;
        }
        sha.update(bytes, begin, from + length - begin);
    }
}
