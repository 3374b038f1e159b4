package io.ringcode.fraud.traffic;

import static java.util.Comparator.comparingInt;

import io.ringcode.fraud.traffic.TrafficTable.Proved;
import io.ringcode.schedule.RecurringTasks;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The traffic of all tenants, as one server knows it: its own at once, that of the other servers within a second, and after a start
 * what was stored. {@link TrafficExchange} writes and reads; nobody who sends a message waits for it.
 */
@Component
public class Traffic {
    private static final int MOST_TENANTS = 2_000;
    /** Scopes, numbers, accounts and codes of all tenants: some 100 MB. */
    private static final int MOST_ENTRIES = 600_000;

    /** Which process an event comes from; one that starts anew is another one. */
    final UUID server = UUID.randomUUID();

    final ConcurrentLinkedQueue<TrafficEvent> events = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Proved> proved = new ConcurrentLinkedQueue<>();

    private final TrafficTable table;
    private final Clock clock;
    private final RecurringTasks tasks;
    private final Map<TenantId, Watched> tenants = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable TrafficExchange exchange;

    Traffic(TrafficTable table, Clock clock, RecurringTasks tasks) {
        this.table = table;
        this.clock = clock;
        this.tasks = tasks;
    }

    /** A tenant's traffic, and how far it is read. */
    static final class Watched {
        final TenantTraffic traffic = new TenantTraffic(Signal.ALL);
        final Cursor cursor = new Cursor();
        volatile boolean loaded;
        long used;
        long kept;
    }

    void exchangedBy(TrafficExchange task) {
        exchange = task;
    }

    /** What this server knows of a tenant. The first time that is nothing yet, and what is stored follows. */
    public TenantTraffic of(TenantId tenant) {
        return watched(tenant).traffic;
    }

    Watched watched(TenantId tenant) {
        Watched found;
        boolean fresh;
        synchronized (tenants) {
            found = tenants.get(tenant);
            fresh = found == null;
            if (found == null) {
                found = new Watched();
                tenants.put(tenant, found);
                if (tenants.size() > MOST_TENANTS)
                    tenants.remove(tenants.keySet().iterator().next());
            }
            found.used = clock.millis();
        }
        var task = exchange;
        if (fresh && task != null) tasks.runSoon(task);
        return found;
    }

    /** A copy. */
    Map<TenantId, Watched> all() {
        synchronized (tenants) {
            return new LinkedHashMap<>(tenants);
        }
    }

    /** Keeps within the memory that all tenants share. Who has most gives first, so that a flood of one costs the others nothing. */
    void bound() {
        bound(all().values().stream().map(watched -> watched.traffic).toList(), MOST_ENTRIES);
    }

    static void bound(List<TenantTraffic> tenants, int most) {
        while (tenants.stream().mapToLong(TenantTraffic::size).sum() > most)
            Collections.max(tenants, comparingInt(TenantTraffic::size)).halve();
    }

    void forget(TenantId tenant) {
        synchronized (tenants) {
            tenants.remove(tenant);
        }
    }

    /** A message that was counted is on its way for good. */
    public void tell(TrafficEvent event) {
        events.add(event);
    }

    /** The code that was sent for a sign-in came back. */
    public void typed(TenantId tenant, UUID session) {
        var now = clock.millis();
        prove(tenant, of(tenant).typed(session, now), now);
        tell(new TrafficEvent.Typed(tenant, now, session));
    }

    /** A carrier says that the number is nobody's. */
    public void unknownSubscriber(TenantId tenant, UUID session) {
        var now = clock.millis();
        of(tenant).unknownSubscriber(session, now);
        tell(new TrafficEvent.Unknown(tenant, now, session));
    }

    /** A scope begins anew: here at once, and on the other servers within a second. */
    public void release(TenantId tenant, Scope scope) {
        var now = clock.millis();
        of(tenant).release(scope, now);
        tell(new TrafficEvent.Release(tenant, now, scope));
        var task = exchange;
        if (task != null) tasks.runSoon(task);
    }

    /** Which of the subjects have typed a code in the last 90 days, as stored, and when. */
    public Map<Long, Long> proved(TenantId tenant, MessageRequest ask) {
        var subjects = new ArrayList<Long>(2);
        subjects.add(ask.number());
        if (ask.account() != null) subjects.add(ask.account());
        return table.proved(tenant, subjects, clock.millis());
    }

    void prove(TenantId tenant, List<Long> subjects, long now) {
        for (var subject : subjects) proved.add(new Proved(tenant, subject, now));
    }

    /** What another server saw, or this process before it was started. */
    void apply(Watched watched, TrafficEvent event) {
        var traffic = watched.traffic;
        switch (event) {
            case TrafficEvent.Sent(var _, var at, var ask, var proof, var probe, var life) ->
                traffic.sent(ask, proof, probe, life, at);
            case TrafficEvent.Typed(var tenant, var at, var session) -> prove(tenant, traffic.typed(session, at), at);
            case TrafficEvent.Unknown(var _, var at, var session) -> traffic.unknownSubscriber(session, at);
            case TrafficEvent.Release(var _, var at, var scope) -> traffic.release(scope, at);
        }
    }
}
