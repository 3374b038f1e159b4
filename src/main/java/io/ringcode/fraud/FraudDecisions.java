package io.ringcode.fraud;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.traffic.Verdict;
import io.ringcode.fraud.traffic.Verdict.Finding;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The decisions that were not a plain yes: noted in memory, written once a second by {@link FraudDecisionTask}. Of a tenant so many a minute are written
 * one by one; the rest are counted by rule and scope, so that an attack fills no table.
 */
@Component
public class FraudDecisions {
    static final int SINGLE = 60;
    static final int GROUPS = 20;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int MOST_TENANTS = 2_000;

    private final FraudDecisionTable table;
    private final MeterRegistry meters;
    private final Map<TenantId, Noted> noted = new HashMap<>();

    FraudDecisions(FraudDecisionTable table, MeterRegistry meters) {
        this.table = table;
        this.meters = meters;
    }

    private record Group(FraudRule rule, String scopeKey, Answer answer, RuleMode mode, Answer done) {}

    /** What is not written yet of one tenant. */
    private static final class Noted {
        List<FraudDecision> single = new ArrayList<>();
        final Map<Group, FraudDecision> groups = new HashMap<>();
        long minute;
        int singles;
    }

    /** Notes what the rules said, and says what is to be done. */
    Answer note(SendRequest request, FraudRules rules, Verdict verdict, long now) {
        var done = switch (verdict.answer()) {
            case ALLOW -> Answer.ALLOW;
            case REFUSE -> Answer.REFUSE;
            case CHALLENGE ->
                switch (request.proof()) {
                    case POSSIBLE -> Answer.CHALLENGE;
                    case IMPOSSIBLE, PASSED -> Answer.ALLOW;
                };
        };
        for (var finding : verdict.findings()) {
            var mode = rules.mode(finding.rule());
            if (mode != RuleMode.OFF) note(request, decision(request, finding, mode, done, now), now);
        }
        return done;
    }

    private static FraudDecision decision(SendRequest request, Finding finding, RuleMode mode, Answer done, long now) {
        var user = request.user();
        var at = Instant.ofEpochMilli(now);
        return new FraudDecision(
                TimedId.at(at),
                at,
                finding.rule(),
                finding.scope(),
                finding.scopeKey(),
                finding.value(),
                finding.threshold(),
                Instant.ofEpochMilli(finding.until()),
                Answer.valueOf(finding.answer().name()),
                mode,
                done,
                1,
                request.to().likelyRegion(),
                request.channel().wire(),
                request.login(),
                user == null ? null : user.value(),
                null,
                null);
    }

    private void note(SendRequest request, FraudDecision one, long now) {
        meters.counter(
                        "ringcode.fraud.decisions",
                        "rule",
                        one.rule().wire(),
                        "answer",
                        one.answer().name().toLowerCase(Locale.ROOT),
                        "mode",
                        one.mode().wire())
                .increment();
        synchronized (noted) {
            if (noted.size() >= MOST_TENANTS && !noted.containsKey(request.tenant())) return;
            var of = noted.computeIfAbsent(request.tenant(), _ -> new Noted());
            if (now / MINUTE != of.minute) {
                of.minute = now / MINUTE;
                of.singles = 0;
            }
            if (of.singles < SINGLE) {
                of.singles++;
                of.single.add(one);
                return;
            }
            var group = new Group(one.rule(), one.scopeKey(), one.answer(), one.mode(), one.done());
            if (of.groups.size() >= GROUPS && !of.groups.containsKey(group))
                group = new Group(one.rule(), "", one.answer(), one.mode(), one.done());
            var several = group.scopeKey().isEmpty() ? "several" : one.scope();
            of.groups.merge(
                    group,
                    several(one, several, group.scopeKey(), 1),
                    (before, more) -> several(more, several, before.scopeKey(), before.count() + 1));
        }
    }

    private static FraudDecision several(FraudDecision one, String scope, String scopeKey, int count) {
        return new FraudDecision(
                one.id(),
                one.at(),
                one.rule(),
                scope,
                scopeKey,
                one.value(),
                one.threshold(),
                one.until(),
                one.answer(),
                one.mode(),
                one.done(),
                count,
                one.country(),
                one.channel(),
                null,
                null,
                one.price(),
                one.currency());
    }

    /** Writes what was noted; what was counted, once a minute. */
    void write(long now) {
        var rows = new HashMap<TenantId, List<FraudDecision>>();
        synchronized (noted) {
            noted.values().removeIf(of -> of.single.isEmpty() && of.groups.isEmpty() && now / MINUTE > of.minute + 1);
            noted.forEach((tenant, of) -> {
                var due = new ArrayList<>(of.single);
                of.single = new ArrayList<>();
                if (now / MINUTE != of.minute) {
                    due.addAll(of.groups.values());
                    of.groups.clear();
                }
                if (!due.isEmpty()) rows.put(tenant, due);
            });
        }
        rows.forEach(table::add);
    }

    /**
     * What is asked for of the decisions.
     *
     * @param before the id after which to go on, as the newest come first; null for the first page
     * @param scopeKey null for all
     */
    public record Filter(
            @Nullable UUID before,
            @Nullable FraudRule rule,
            @Nullable String scopeKey) {
        public static final Filter ALL = new Filter(null, null, null);
    }

    /** The newest first. */
    public List<FraudDecision> list(TenantId tenant, Filter filter, int size) {
        return table.list(tenant, filter, size);
    }

    /**
     * How often a rule said the same of a scope.
     *
     * @param price of the messages, where it is known
     */
    public record Sum(
            FraudRule rule,
            String scope,
            String scopeKey,
            Answer answer,
            RuleMode mode,
            Answer done,
            long count,
            java.math.@Nullable BigDecimal price,
            Instant last) {}

    /** By rule and scope, the most frequent first. */
    public List<Sum> sums(TenantId tenant, Instant since, int size) {
        return table.sums(tenant, since, size);
    }
}
