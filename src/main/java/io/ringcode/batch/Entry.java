package io.ringcode.batch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** An item that waits to be written, and its caller. */
final class Entry<I, R> implements WaitingItems.Keyed {
    private final I item;
    private final Object key;
    /** How the caller gets the result: it is there, or the caller makes it. */
    private final CompletableFuture<Supplier<R>> outcome = new CompletableFuture<>();

    Entry(I item, Object key) {
        this.item = item;
        this.key = key;
    }

    I item() {
        return item;
    }

    @Override
    public Object key() {
        return key;
    }

    void done(R result) {
        outcome.complete(() -> result);
    }

    /** Leaves the work to the caller's own thread. */
    void leave(Supplier<R> work) {
        outcome.complete(work);
    }

    void failed(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    /**
     * Waits for the outcome. A caller that is interrupted leaves the queue; what is being written already has an outcome soon.
     *
     * @throws TooBusy when the caller has left the queue; then nothing was done
     */
    R awaitUnlessRemoved(WaitingItems<Entry<I, R>> waiting) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get().get();
                } catch (InterruptedException hurried) {
                    interrupted = true;
                    if (waiting.remove(this)) throw new TooBusy("callers that do not wait");
                } catch (ExecutionException failed) {
                    switch (failed.getCause()) {
                        case RuntimeException failure -> throw failure;
                        case Error broken -> throw broken;
                        case null, default -> throw new IllegalStateException(failed.getCause());
                    }
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
