package io.ringcode.fraud;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.batch.RetriedTransaction;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Budgets.UsualPrice;
import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.FraudDecision.Place;
import io.ringcode.fraud.traffic.Verdict;
import io.ringcode.fraud.traffic.Verdict.Finding;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
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
    /** Between a message's making and its transaction, however busy the server is. */
    private static final Duration DELAY = Duration.ofSeconds(20);

    private final FraudDecisionTable table;
    private final FraudSumTable sums;
    private final Budgets budgets;
    private final RetriedTransaction transactions;
    private final MeterRegistry meters;
    private final Map<TenantId, Noted> noted = new HashMap<>();

    FraudDecisions(
            FraudDecisionTable table,
            FraudSumTable sums,
            Budgets budgets,
            RetriedTransaction transactions,
            MeterRegistry meters) {
        this.table = table;
        this.sums = sums;
        this.budgets = budgets;
        this.transactions = transactions;
        this.meters = meters;
    }

    private record Group(FraudRule rule, String scopeKey, Answer answer, RuleMode mode, Answer done, Place place) {}

    /** What is not written yet of one tenant. */
    private static final class Noted {
        List<FraudDecision> single = new ArrayList<>();
        final Map<Group, FraudDecision> groups = new HashMap<>();
        long minute;
        long trimmed;
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
        var price = budgets.usualPrice(request.tenant(), request.to(), request.channel());
        var spoke = EnumSet.noneOf(FraudRule.class);
        for (var finding : verdict.findings()) {
            var mode = rules.mode(finding.rule());
            if (mode == RuleMode.OFF) continue;
            var place = spoke.isEmpty() ? Place.FIRST : Place.FIRST_OF_RULE;
            if (!spoke.add(finding.rule())) place = Place.OTHER;
            note(request, decision(request, finding, mode, done, price, place, now), now);
        }
        return done;
    }

    private static FraudDecision decision(
            SendRequest request, Finding finding, RuleMode mode, Answer done, UsualPrice price, Place place, long now) {
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
                price.price().amount(),
                price.currency(),
                place);
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
            var group = new Group(one.rule(), one.scopeKey(), one.answer(), one.mode(), one.done(), one.place());
            if (of.groups.size() >= GROUPS && !of.groups.containsKey(group))
                group = new Group(one.rule(), "", one.answer(), one.mode(), one.done(), one.place());
            var several = group.scopeKey().isEmpty() ? "several" : one.scope();
            of.groups.merge(
                    group,
                    several(one, several, group.scopeKey(), 1, one.price()),
                    (before, more) ->
                            several(more, several, before.scopeKey(), before.count() + 1, average(before, more)));
        }
    }

    private static @Nullable BigDecimal average(FraudDecision before, FraudDecision more) {
        var price = more.price();
        var sum = before.price();
        if (price == null || sum == null) return price;
        return sum.multiply(BigDecimal.valueOf(before.count()))
                .add(price)
                .divide(BigDecimal.valueOf(before.count() + 1L), 6, RoundingMode.HALF_UP);
    }

    private static FraudDecision several(
            FraudDecision one, String scope, String scopeKey, int count, @Nullable BigDecimal price) {
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
                price,
                one.currency(),
                one.place());
    }

    /** Writes what was noted; what was counted, once a minute. */
    void write(long now) {
        var rows = new HashMap<TenantId, List<FraudDecision>>();
        var trims = new ArrayList<TenantId>();
        synchronized (noted) {
            noted.values().removeIf(of -> of.single.isEmpty() && of.groups.isEmpty() && now / MINUTE > of.minute + 1);
            noted.forEach((tenant, of) -> {
                var due = new ArrayList<>(of.single);
                of.single = new ArrayList<>();
                if (now / MINUTE != of.minute) {
                    due.addAll(of.groups.values());
                    of.groups.clear();
                }
                if (due.isEmpty()) return;
                rows.put(tenant, due);
                if (now / MINUTE < of.trimmed + FraudSumTable.MINUTES) return;
                of.trimmed = now / MINUTE;
                trims.add(tenant);
            });
        }
        rows.forEach((tenant, due) -> transactions.execute(() -> {
            table.add(tenant, due);
            sums.add(tenant, due);
            return true;
        }));
        trims.forEach(sums::trim);
    }

    /**
     * What is asked for of the decisions.
     *
     * @param before the id after which to go on, as the newest come first; null for the first page
     * @param scopeKey null for all
     * @param since null for all that are kept
     */
    public record Filter(
            @Nullable UUID before,
            @Nullable FraudRule rule,
            @Nullable String scopeKey,
            @Nullable Instant since) {
        public static final Filter ALL = new Filter(null, null, null, null);
    }

    /** The newest first. */
    public List<FraudDecision> list(TenantId tenant, Filter filter, int size) {
        return table.list(tenant, filter, size);
    }

    /**
     * What was said of a message, in the order of the rules' weight.
     *
     * @param at when it was made
     */
    public List<FraudDecision> ofMessage(TenantId tenant, UUID login, Instant at) {
        return table.ofLogin(tenant, login, at.minus(DELAY), at.plus(DELAY));
    }
}
