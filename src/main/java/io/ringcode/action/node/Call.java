package io.ringcode.action.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call under way, and what it has said so far. */
final class Call {
    /** More than the worker itself lets through: only a forged line gets here. */
    private static final int MOST_LINES = 1000;

    private static final int LONGEST_LINE = 20_000;

    private final CompletableFuture<Outcome> end = new CompletableFuture<>();
    private final List<String> log = new ArrayList<>();

    void log(String text) {
        synchronized (log) {
            if (log.size() < MOST_LINES) log.add(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text);
        }
    }

    List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** The first end counts. */
    void end(Outcome outcome) {
        end.complete(outcome);
    }

    Outcome await(Duration limit) throws InterruptedException {
        try {
            return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Outcome.TimedOut(limit);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("A call ends with an outcome", impossible);
        }
    }
}
