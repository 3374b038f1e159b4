package io.ringcode.notice;

/** A notice that no budget has room for, or that no carrier takes: its transaction is rolled back. */
final class NotSent extends RuntimeException {
    private final transient Runnable told;

    /** @param told what is to be told of it once the transaction has been rolled back */
    NotSent(Runnable told) {
        super("not sent", null, false, false);
        this.told = told;
    }

    void tell() {
        told.run();
    }
}
