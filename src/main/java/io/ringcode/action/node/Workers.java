package io.ringcode.action.node;

import io.ringcode.action.node.Outcome.NotRun;
import io.ringcode.action.node.Outcome.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The workers that are alive. One that has served stays warm for the next call of its program; when there are too many,
 * the one that has been idle for longest makes room.
 */
final class Workers implements AutoCloseable {
    /** Calls under way in one worker before a second one is started, and at most. */
    private static final int CROWDED = 16;

    private static final int FULL = 32;

    /** A program cannot take all cores, however many calls of it hang. */
    private static final int MOST_OF_A_PROGRAM = 2;

    static final int MOST = 24;
    private static final Duration KEPT_IDLE = Duration.ofMinutes(10);

    interface Starter {
        Worker start(Program program) throws IOException;
    }

    private static final class Crew {
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Worker> workers = new CopyOnWriteArrayList<>();
    }

    private final Starter starter;
    private final ReentrantLock growing = new ReentrantLock();
    private final Map<Program.Key, Crew> crews = new ConcurrentHashMap<>();

    Workers(Starter starter) {
        this.starter = starter;
    }

    Ran run(Program program, ObjectNode message, Duration limit) throws InterruptedException, IOException {
        var start = System.nanoTime();
        var worker = take(program);
        if (worker == null) return new Ran(new NotRun("All workers are busy"), List.of(), since(start));
        var call = worker.call(message);
        var outcome = call.await(limit.minus(since(start)));
        if (outcome instanceof TimedOut) {
            worker.giveUp(call);
            outcome = new TimedOut(limit);
        }
        return new Ran(outcome, call.log(), since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private @Nullable Worker take(Program program) throws IOException {
        var crew = crews.computeIfAbsent(program.key(), _ -> new Crew());
        crew.lock.lock();
        try {
            crew.workers.removeIf(worker -> !worker.usable());
            var least = crew.workers.stream().min(Comparator.comparingInt(Worker::inHand));
            if (least.isPresent() && least.get().inHand() < CROWDED) return least.get();
            var started = crew.workers.size() < MOST_OF_A_PROGRAM ? start(program, crew) : null;
            return started != null
                    ? started
                    : least.filter(worker -> worker.inHand() < FULL).orElse(null);
        } finally {
            crew.lock.unlock();
        }
    }

    private @Nullable Worker start(Program program, Crew crew) throws IOException {
        growing.lock();
        try {
            if (!makeRoom()) return null;
            var worker = starter.start(program);
            crew.workers.add(worker);
            return worker;
        } finally {
            growing.unlock();
        }
    }

    private boolean makeRoom() {
        var all = all();
        if (all.size() < MOST) return true;
        var idle = all.stream().filter(worker -> worker.inHand() == 0).max(Comparator.comparing(Worker::idle));
        idle.ifPresent(Worker::retire);
        return idle.isPresent();
    }

    private List<Worker> all() {
        return crews.values().stream()
                .flatMap(crew -> crew.workers.stream())
                .filter(Worker::usable)
                .toList();
    }

    int alive() {
        return all().size();
    }

    /** Lets go of workers that nothing has called for long. */
    void tidy() {
        for (var worker : all()) if (worker.inHand() == 0 && worker.idle().compareTo(KEPT_IDLE) > 0) worker.retire();
        for (var crew : crews.values()) crew.workers.removeIf(worker -> !worker.usable());
    }

    @Override
    public void close() {
        for (var worker : all()) worker.close();
        crews.clear();
    }
}
