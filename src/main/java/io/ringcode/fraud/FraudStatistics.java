package io.ringcode.fraud;

import io.ringcode.budget.BudgetSettings;
import io.ringcode.fraud.FraudDecision.Answer;
import io.ringcode.fraud.FraudSumTable.Messages;
import io.ringcode.fraud.FraudSumTable.Sums;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Statistics of what the rules against SMS pumping did, and of what those in shadow would have done. */
@Component
public class FraudStatistics {
    private final FraudSumTable table;
    private final Tenants tenants;
    private final Clock clock;

    FraudStatistics(FraudSumTable table, Tenants tenants, Clock clock) {
        this.table = table;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Messages of a time.
     *
     * @param challenged who asked had to show that he is no program
     * @param watched went, though a rule found something
     * @param saved what the refused ones would have cost
     * @param wouldRefuse those that went, and that rules in shadow would have refused
     * @param wouldChallenge those that went, and that rules in shadow would have challenged
     */
    public record Counts(
            long refused,
            long challenged,
            long watched,
            BigDecimal saved,
            long wouldRefuse,
            long wouldChallenge,
            BigDecimal wouldSave) {
        private static Counts of(List<Sums> sums, Function<Sums, Messages> time) {
            Predicate<Sums> on = one -> one.mode() == RuleMode.ON;
            var shadow = sums.stream().filter(on.negate()).toList();
            var acting = sums.stream().filter(on).toList();
            return new Counts(
                    count(acting, time, one -> one.done() == Answer.REFUSE),
                    count(acting, time, one -> one.done() == Answer.CHALLENGE),
                    count(acting, time, one -> one.done() == Answer.ALLOW),
                    price(acting, time, one -> one.done() == Answer.REFUSE),
                    count(shadow, time, one -> would(one, Answer.REFUSE)),
                    count(shadow, time, one -> would(one, Answer.CHALLENGE)),
                    price(shadow, time, one -> would(one, Answer.REFUSE)));
        }

        private static boolean would(Sums one, Answer answer) {
            return one.answer() == answer && one.done() == Answer.ALLOW;
        }

        private static long count(List<Sums> sums, Function<Sums, Messages> time, Predicate<Sums> which) {
            return sums.stream()
                    .filter(which)
                    .mapToLong(one -> time.apply(one).count())
                    .sum();
        }

        private static BigDecimal price(List<Sums> sums, Function<Sums, Messages> time, Predicate<Sums> which) {
            return sums.stream()
                    .filter(which)
                    .map(one -> time.apply(one).price())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** A message of which several rules spoke counts with the one that decided; in shadow with each that would have acted. */
    public record OfRule(FraudRule rule, RuleMode mode, Counts day, Counts week) {}

    /** @param hour of all rules, as are day and week */
    public record Statistics(String currency, Counts hour, Counts day, Counts week, List<OfRule> rules) {}

    public Statistics of(TenantId tenant) {
        var settings = tenants.settings(tenant);
        var rules = FraudRules.of(settings);
        var currency = BudgetSettings.of(settings).currency();
        var all = table.sums(tenant, currency, clock.instant());
        var decided = all.stream().filter(Sums::decided).toList();
        var counted = all.stream()
                .filter(one -> one.decided() || one.mode() == RuleMode.SHADOW)
                .collect(Collectors.groupingBy(Sums::rule));
        return new Statistics(
                currency,
                Counts.of(decided, Sums::hour),
                Counts.of(decided, Sums::day),
                Counts.of(decided, Sums::week),
                Arrays.stream(FraudRule.values())
                        .map(rule -> {
                            var of = counted.getOrDefault(rule, List.of());
                            return new OfRule(
                                    rule, rules.mode(rule), Counts.of(of, Sums::day), Counts.of(of, Sums::week));
                        })
                        .toList());
    }
}
