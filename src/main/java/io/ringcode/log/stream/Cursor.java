package io.ringcode.log.stream;

/**
 * How far a stream has come: up to the line {@code id} of the transaction {@code written}, or to the end of the transactions
 * before it where the id is empty.
 */
record Cursor(long written, String id) {
    static Cursor before(long written) {
        return new Cursor(written, "");
    }
}
