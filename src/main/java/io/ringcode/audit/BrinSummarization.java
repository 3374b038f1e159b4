package io.ringcode.audit;

import io.ringcode.audit.BrinIndexes.BrinIndex;
import io.ringcode.schedule.RecurringTask;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Summarizes new lines in the log's BRIN indexes soon after they were written: the log's chain and its streams look for them several times a second,
 * and would read the whole last minute each time.
 */
@Component
class BrinSummarization implements RecurringTask {
    private final BrinIndexes indexes;

    /** By index, the first page that is not summarized yet. */
    private final Map<Long, Long> reached = new HashMap<>();

    BrinSummarization(BrinIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public String name() {
        return "brin-summarization";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        var all = indexes.all();
        reached.keySet().retainAll(all.stream().map(BrinIndex::oid).collect(Collectors.toSet()));
        for (var index : all)
            reached.put(index.oid(), indexes.summarizeFilled(index, reached.getOrDefault(index.oid(), 0L)));
    }
}
