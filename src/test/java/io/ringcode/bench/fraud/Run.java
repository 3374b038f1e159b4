package io.ringcode.bench.fraud;

import io.ringcode.bench.fraud.Policy.Decision;
import io.ringcode.bench.fraud.Policy.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Plays events in their order, and what comes of those that are sent at its time. */
final class Run {
    /** @param kind the first decision: a challenge that was passed stays one, and the message was sent */
    record Decided(Event event, Kind kind, boolean sent, Decision decision, long micros) {}

    private record Due(long at, int order, Runnable what) {}

    private final Policy policy;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(Due::order));
    private final Decided[] decided;
    private int order;

    private Run(Policy policy, int events) {
        this.policy = policy;
        this.decided = new Decided[events];
    }

    static List<Decided> over(List<Event> events, Policy policy) {
        var run = new Run(policy, events.size());
        for (int i = 0; i < events.size(); i++) {
            run.until(events.get(i).at());
            run.ask(events.get(i), i, false, events.get(i).at(), 0);
        }
        run.until(Long.MAX_VALUE);
        policy.end();
        return new ArrayList<>(List.of(run.decided));
    }

    private void until(long now) {
        while (!due.isEmpty() && due.peek().at() <= now) due.poll().what().run();
    }

    private void at(long when, Runnable what) {
        due.add(new Due(when, order++, what));
    }

    private void ask(Event event, int place, boolean passed, long now, long microsBefore) {
        var start = System.nanoTime();
        var decision = policy.judge(event, passed, now);
        var measured = policy.micros() >= 0 ? policy.micros() : (System.nanoTime() - start) / 1_000;
        var micros = microsBefore + measured;
        var outcome = event.outcome();
        var first = passed && decided[place] != null ? decided[place].decision() : decision;
        var sent = decision.kind() == Kind.ALLOW;
        var kind = passed && sent ? Kind.CHALLENGE : decision.kind();
        decided[place] = new Decided(event, kind, sent, passed && sent ? first : decision, micros);
        if (decision.kind() == Kind.CHALLENGE && !passed && outcome.passesChallenge())
            at(now + outcome.challengeMillis(), () -> ask(event, place, true, now + outcome.challengeMillis(), micros));
        if (!sent) return;
        var verified = outcome.verifiedAfter();
        if (verified != null) at(now + verified, () -> policy.typed(event, now + verified));
        var told = outcome.receiptAfter();
        if (outcome.receipt().equals("unknown-subscriber") && told != null)
            at(now + told, () -> policy.unknownSubscriber(event, now + told));
    }
}
