package io.ringcode.log.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A line of the log, as PostgreSQL's binary COPY writes its columns: their number in two bytes, then for each its length in four bytes and its
 * bytes, -1 for null. So no two lines have the same bytes, and whoever has the database can make them without this program.
 *
 * @param offset where in {@code bytes} it begins
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a buffer; never compared
record StoredLine(byte[] bytes, int offset, int length) {
    /** In the order of {@link LineReader#COLUMNS}. */
    private static final int TENANT = 0;

    private static final int ID = 1;
    private static final int AT = 2;
    private static final int WRITTEN = 7;

    /** PostgreSQL counts microseconds from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    String tenant() {
        return text(TENANT);
    }

    String id() {
        return text(ID);
    }

    Instant at() {
        return EPOCH.plus(number(AT), ChronoUnit.MICROS);
    }

    long written() {
        return number(WRITTEN);
    }

    private String text(int column) {
        var at = start(column);
        var buffer = ByteBuffer.wrap(bytes);
        return new String(bytes, at + Integer.BYTES, buffer.getInt(at), UTF_8);
    }

    private long number(int column) {
        return ByteBuffer.wrap(bytes).getLong(start(column) + Integer.BYTES);
    }

    /** Where a column's length stands. */
    private int start(int column) {
        var buffer = ByteBuffer.wrap(bytes);
        var at = offset + Short.BYTES;
        for (int i = 0; i < column; i++) at += Integer.BYTES + Math.max(0, buffer.getInt(at));
        return at;
    }
}
