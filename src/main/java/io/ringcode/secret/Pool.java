package io.ringcode.secret;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * An object pool of the JDK's ciphers and MACs. To find and key one costs several times what it then takes for a value, and it
 * serves one thread at a time; virtual threads are too short-lived to keep their own.
 */
final class Pool<T> {
    private static final int MOST_IDLE = 64;

    private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(MOST_IDLE);
    private final Making<T> making;

    interface Making<T> {
        T one() throws GeneralSecurityException;
    }

    interface Use<T, R> {
        R of(T one) throws GeneralSecurityException;
    }

    Pool(Making<T> making) {
        this.making = making;
    }

    /** One that failed is not used again: who knows what is left in it. */
    <R> R use(Use<T, R> use) throws GeneralSecurityException {
        @Nullable T kept = idle.poll();
        var one = kept == null ? making.one() : kept;
        var result = use.of(one);
        idle.offer(one);
        return result;
    }
}
