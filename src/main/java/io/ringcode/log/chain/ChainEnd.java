package io.ringcode.log.chain;

/** The newest place of a tenant's chain, and the hash that stands there. */
@SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
record ChainEnd(long place, byte[] hash) {
    /** Before the first line. */
    static final ChainEnd NONE = new ChainEnd(0, ChainHash.none());
}
