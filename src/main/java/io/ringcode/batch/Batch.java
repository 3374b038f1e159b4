package io.ringcode.batch;

import java.util.List;

/**
 * One kind of work that a {@link GroupCommit} does for many callers in one transaction.
 *
 * @param <I> what a caller hands in
 * @param <R> what the caller is told after the commit
 */
public interface Batch<I, R> {
    /** Of all batches of this kind in metrics and thread names, such as {@code start}. */
    String name();

    /**
     * Does the work of all items within the caller's transaction, in few statements. An item that is refused must leave
     * nothing behind and must not touch its neighbours.
     *
     * @return the results in the order of the items
     */
    List<R> write(List<I> items);

    /**
     * Whether the transaction of this result must be rolled back, since what was written for it must not stay. That is for
     * rare cases: the other items of the batch are written once more without it.
     */
    boolean undone(R result);

    /** Items with equal keys write the same rows. They never share a batch, and go in the order in which they came. */
    Object key(I item);

    default Gathering gathering() {
        return Gathering.BRIEF;
    }
}
