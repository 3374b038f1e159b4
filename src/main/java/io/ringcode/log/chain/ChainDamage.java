package io.ringcode.log.chain;

/**
 * What was found wrong in a tenant's log.
 *
 * @param place where in the chain
 * @param what in words, for who reads the report
 */
record ChainDamage(long place, Kind kind, String what) {
    enum Kind {
        CHANGED,
        REMOVED,
        INSERTED,
        /** Places or hashes themselves, which do not go on from those before. */
        CHAIN,
        /** A signed head that the chain does not fit, or that nobody of this installation signed. */
        HEAD
    }
}
