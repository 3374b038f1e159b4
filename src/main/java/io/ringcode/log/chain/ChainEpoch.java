package io.ringcode.log.chain;

/**
 * The part of the chain that one database's numbers of transactions put in order.
 *
 * @param from lines of transactions before it are older than the chain
 * @param reached all lines of transactions before it have their places
 * @param afterId its lines have greater ids
 * @param topId and until now not greater ones
 */
record ChainEpoch(int number, long from, long reached, String afterId, String topId) {
    ChainEpoch reached(long until, String top) {
        return new ChainEpoch(number, from, until, afterId, top.compareTo(topId) > 0 ? top : topId);
    }
}
