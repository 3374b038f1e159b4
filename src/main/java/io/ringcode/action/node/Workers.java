package io.ringcode.action.node;

import io.ringcode.action.node.Outcome.NotRun;
import io.ringcode.action.node.Outcome.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The workers that are alive. One that has served stays warm for the next call of its program; when there are too many,
 * the one that has been idle for longest makes room. No tenant takes what others need: it may have as many as are still free,
 * and where none is, who has fewer than a fair share gets one from who has most.
 */
final class Workers implements AutoCloseable {
    /** Calls under way in one worker before a second one is started, and at most. */
    private static final int CROWDED = 16;

    private static final int FULL = 32;

    /** A program cannot take all cores, however many calls of it hang. */
    private static final int MOST_OF_A_PROGRAM = 2;

    static final int MOST = 24;

    /** Those that have been taken from a tenant live on for as long as their last calls, besides. */
    private static final int MOST_WITH_RETIRED = MOST + MOST / 2;

    private static final Duration KEPT_IDLE = Duration.ofMinutes(10);

    interface Starter {
        Worker start(Program program) throws IOException;
    }

    private static final class Crew {
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Worker> workers = new CopyOnWriteArrayList<>();
        /** Calls that look for a worker of it. They enter by the map's compute, so that none is let go of meanwhile. */
        private final AtomicInteger inside = new AtomicInteger();

        Crew entered() {
            inside.incrementAndGet();
            return this;
        }
    }

    private final Starter starter;
    private final ReentrantLock growing = new ReentrantLock();
    private final Map<Program.Key, Crew> crews = new ConcurrentHashMap<>();
    private final List<Worker> retired = new CopyOnWriteArrayList<>();

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
        var crew = crews.compute(program.key(), (_, known) -> (known == null ? new Crew() : known).entered());
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
            crew.inside.decrementAndGet();
        }
    }

    private @Nullable Worker start(Program program, Crew crew) throws IOException {
        growing.lock();
        try {
            if (!makeRoom(program.owner())) return null;
            var worker = starter.start(program);
            crew.workers.add(worker);
            return worker;
        } finally {
            growing.unlock();
        }
    }

    private boolean makeRoom(String owner) {
        var busy = busyByOwner();
        var mine = busy.getOrDefault(owner, 0);
        var taken = busy.values().stream().mapToInt(count -> count).sum();
        if (mine < MOST - taken) {
            if (all().size() < MOST) return true;
            var idle = all().stream().filter(worker -> worker.inHand() == 0).max(Comparator.comparing(Worker::idle));
            idle.ifPresent(Worker::retire);
            return idle.isPresent();
        }
        var owners = busy.containsKey(owner) ? busy.size() : busy.size() + 1;
        return mine < MOST / owners && takeFromGreediest(busy, mine);
    }

    private boolean takeFromGreediest(Map<String, Integer> busy, int mine) {
        if (alive() >= MOST_WITH_RETIRED) return false;
        var greediest = busy.entrySet().stream().max(Map.Entry.comparingByValue());
        if (greediest.isEmpty() || greediest.get().getValue() <= mine + 1) return false;
        var least = crews.entrySet().stream()
                .filter(crew -> crew.getKey().owner().equals(greediest.get().getKey()))
                .flatMap(crew -> crew.getValue().workers.stream())
                .filter(Worker::usable)
                .min(Comparator.comparingInt(Worker::inHand));
        if (least.isEmpty()) return false;
        retired.add(least.get());
        least.get().retire();
        return true;
    }

    private Map<String, Integer> busyByOwner() {
        var busy = new HashMap<String, Integer>();
        crews.forEach((program, crew) -> {
            var count = (int) crew.workers.stream()
                    .filter(worker -> worker.usable() && worker.inHand() > 0)
                    .count();
            if (count > 0) busy.merge(program.owner(), count, Integer::sum);
        });
        return busy;
    }

    private List<Worker> all() {
        return crews.values().stream()
                .flatMap(crew -> crew.workers.stream())
                .filter(Worker::usable)
                .toList();
    }

    int alive() {
        retired.removeIf(worker -> !worker.alive());
        return all().size() + retired.size();
    }

    /** Lets go of workers that nothing has called for long, and of programs without any. */
    void tidy() {
        for (var worker : all()) if (worker.inHand() == 0 && worker.idle().compareTo(KEPT_IDLE) > 0) worker.retire();
        for (var program : crews.keySet())
            crews.computeIfPresent(program, (_, crew) -> {
                crew.workers.removeIf(worker -> !worker.usable());
                return crew.workers.isEmpty() && crew.inside.get() == 0 ? null : crew;
            });
    }

    @Override
    public void close() {
        for (var worker : all()) worker.close();
        for (var worker : retired) worker.close();
        crews.clear();
    }
}
