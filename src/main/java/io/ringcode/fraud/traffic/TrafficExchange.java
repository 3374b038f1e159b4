package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.Traffic.Watched;
import io.ringcode.fraud.traffic.TrafficTable.Proved;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Write-behind of {@link Traffic}, twice a second: stores what this server saw, and reads what the others did. */
@Component
class TrafficExchange implements RecurringTask {
    private static final int BATCH = 1_000;
    /** Between two stores of what is learned of a tenant; the events in between say the rest. */
    private static final long KEEPS = Duration.ofMinutes(1).toMillis();

    private static final long TRIMS = Duration.ofMinutes(10).toMillis();
    private static final long IDLE = Duration.ofHours(2).toMillis();
    /** Beyond this a database that is away costs memory: the oldest are dropped. */
    private static final int MOST_WAITING = 50_000;

    private final Traffic traffic;
    private final TrafficTable table;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private long trimmed;

    TrafficExchange(Traffic traffic, TrafficTable table, Clock clock, PlatformTransactionManager transactions) {
        this.traffic = traffic;
        this.table = table;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        traffic.exchangedBy(this);
    }

    @Override
    public String name() {
        return "fraud-traffic";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public synchronized void run() {
        var now = clock.millis();
        bound(traffic.events);
        bound(traffic.proved);
        var all = traffic.all();
        all.forEach((tenant, watched) -> {
            if (!watched.loaded) load(tenant, watched, now);
        });
        write(all);
        read(all, now);
        prove();
        traffic.bound();
        var trims = now - trimmed >= TRIMS;
        if (trims) trimmed = now;
        all.forEach((tenant, watched) -> {
            watched.cursor.mark(now);
            if (now - watched.kept >= KEEPS) keep(tenant, watched, now);
            if (trims) table.trim(tenant);
            if (now - watched.used > IDLE) traffic.forget(tenant);
        });
    }

    private static void bound(Queue<?> queue) {
        for (int more = queue.size() - MOST_WAITING; more > 0; more--) queue.poll();
    }

    private void load(TenantId tenant, Watched watched, long now) {
        for (var one : table.scopes(tenant)) watched.traffic.restore(one.kept(), one.at(), now);
        watched.loaded = true;
    }

    private void write(Map<TenantId, Watched> all) {
        while (!traffic.events.isEmpty()) {
            var batch = some(traffic.events);
            try {
                var ids = transaction.execute(_ -> table.add(batch, traffic.server));
                for (int i = 0; i < batch.size() && ids != null && ids.size() == batch.size(); i++) {
                    var watched = all.get(batch.get(i).tenant());
                    if (watched != null) watched.cursor.take(ids.get(i));
                }
            } catch (RuntimeException failed) {
                traffic.events.addAll(batch);
                throw failed;
            }
        }
    }

    private void read(Map<TenantId, Watched> all, long now) {
        var cursors = new HashMap<TenantId, Long>();
        all.forEach((tenant, watched) -> cursors.put(tenant, watched.cursor.after()));
        while (!cursors.isEmpty()) {
            var page = table.after(cursors);
            var last = new HashMap<TenantId, Long>();
            var count = new HashMap<TenantId, Integer>();
            for (var stored : page) {
                var tenant = stored.event().tenant();
                last.put(tenant, stored.id());
                count.merge(tenant, 1, Integer::sum);
                var watched = all.get(tenant);
                if (watched == null
                        || !watched.cursor.take(stored.id())
                        || stored.server().equals(traffic.server)) continue;
                if (now - stored.event().at() <= TrafficTable.EVENTS.toMillis()) traffic.apply(watched, stored.event());
            }
            cursors.clear();
            count.forEach((tenant, rows) -> {
                if (rows >= TrafficTable.PAGE) cursors.put(tenant, last.getOrDefault(tenant, Long.MAX_VALUE));
            });
        }
    }

    private void prove() {
        while (!traffic.proved.isEmpty()) {
            List<Proved> batch = some(traffic.proved);
            try {
                table.prove(batch);
            } catch (RuntimeException failed) {
                traffic.proved.addAll(batch);
                throw failed;
            }
        }
    }

    private void keep(TenantId tenant, Watched watched, long now) {
        watched.kept = now;
        var changed = watched.traffic.changed(now);
        for (int from = 0; from < changed.size(); from += BATCH)
            table.keep(tenant, changed.subList(from, Math.min(from + BATCH, changed.size())), now);
    }

    private static <T> List<T> some(Queue<T> queue) {
        var some = new ArrayList<T>();
        for (var one = queue.poll(); one != null; one = queue.poll()) {
            some.add(one);
            if (some.size() == BATCH) break;
        }
        return some;
    }
}
