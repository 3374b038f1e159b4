package io.ringcode.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded queue whose consumer takes many items at once, none of them with the same key as another. */
final class WaitingItems<E extends WaitingItems.Keyed> {
    interface Keyed {
        Object key();
    }

    private final int most;
    private final int mostOfOneKey;
    private final Gathering gathering;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Nobody signals it. */
    private final Condition aMoment = lock.newCondition();

    private final ArrayDeque<E> queue = new ArrayDeque<>();
    private final Map<Object, Integer> ofKey = new HashMap<>();
    private boolean closed;
    private int lastTaken;

    WaitingItems(int most, int mostOfOneKey, Gathering gathering) {
        this.most = most;
        this.mostOfOneKey = mostOfOneKey;
        this.gathering = gathering;
    }

    /** @return false when there is no room, or when it is closed */
    boolean add(E item) {
        lock.lock();
        try {
            if (closed || queue.size() >= most) return false;
            if (ofKey.getOrDefault(item.key(), 0) >= mostOfOneKey) return false;
            ofKey.merge(item.key(), 1, Integer::sum);
            queue.addLast(item);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return false when it has been taken already */
    boolean remove(E item) {
        lock.lock();
        try {
            if (!queue.remove(item)) return false;
            forget(item);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for items, and takes the first ones, each key once.
     *
     * @return empty only when it is closed and nothing is left
     */
    List<E> take(int atMost) {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) changed.awaitUninterruptibly();
            if (lastTaken >= gathering.siblings()) gather(atMost);
            var taken = new ArrayList<E>(Math.min(atMost, queue.size()));
            var keys = new HashSet<>();
            var passed = new ArrayDeque<E>();
            while (taken.size() < atMost && !queue.isEmpty()) {
                var item = queue.pollFirst();
                if (keys.add(item.key())) {
                    forget(item);
                    taken.add(item);
                } else passed.addLast(item);
            }
            while (!passed.isEmpty()) queue.addFirst(passed.pollLast());
            lastTaken = taken.size();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void gather(int enough) {
        var left = gathering.moment().toNanos();
        try {
            while (left > 0 && queue.size() < enough && !closed) left = aMoment.awaitNanos(left);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more items; those that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forget(E item) {
        ofKey.computeIfPresent(item.key(), (_, count) -> count == 1 ? null : count - 1);
    }
}
