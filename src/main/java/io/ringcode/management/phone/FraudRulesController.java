package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.DecisionReplay;
import io.ringcode.fraud.DecisionReplay.Done;
import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.FraudStatistics;
import io.ringcode.fraud.FraudStatistics.Counts;
import io.ringcode.fraud.FraudStatistics.OfRule;
import io.ringcode.fraud.FraudStatistics.Statistics;
import io.ringcode.fraud.RuleMode;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules against SMS pumping: which act, and what they did. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud")
public class FraudRulesController {
    private final Tenants tenants;
    private final FraudStatistics statistics;
    private final DecisionReplay replay;
    private final Changes changes;

    FraudRulesController(Tenants tenants, FraudStatistics statistics, DecisionReplay replay, Changes changes) {
        this.tenants = tenants;
        this.statistics = statistics;
        this.replay = replay;
        this.changes = changes;
    }

    /** @param mode shadow: it decides and records, and does nothing */
    public record WantedRule(FraudRule rule, RuleMode mode) {}

    /** What is left out is as on a new tenant. */
    public record Wish(@Items(max = 20) List<WantedRule> rules) implements JsonBody {
        public Wish {
            var seen = EnumSet.noneOf(FraudRule.class);
            for (var one : rules) if (!seen.add(one.rule())) throw InvalidBody.on("rules", "Must have each rule once");
        }
    }

    /** @param description what the rule does when it is on */
    public record ShownRule(FraudRule rule, RuleMode mode, String name, String description) implements JsonAnswer {}

    public record Shown(List<ShownRule> rules) implements JsonAnswer {
        private static Shown of(FraudRules rules) {
            return new Shown(Arrays.stream(FraudRule.values())
                    .map(rule -> new ShownRule(rule, rules.mode(rule), rule.label(), rule.sentence()))
                    .toList());
        }
    }

    @GetMapping("/rules")
    @RequiresScope("read:attack_protection")
    public Shown read(Caller caller) {
        return Shown.of(FraudRules.of(tenants.settings(caller.tenant())));
    }

    private static FraudRules with(FraudRules before, Wish wish) {
        var rules = FraudRules.DEFAULT.permitting(before.permitted());
        for (var one : wish.rules()) rules = rules.with(one.rule(), one.mode());
        return rules;
    }

    /** Sets them all. What is permitted for ever stays so. */
    @PutMapping("/rules")
    @RequiresScope("update:attack_protection")
    public Shown set(Caller caller, Wish wish) {
        changes.set(
                caller,
                FraudRules.NAME,
                () -> tenants.update(
                        caller.tenant(),
                        FraudRules.NAME,
                        FraudRules.class,
                        FraudRules.DEFAULT,
                        before -> with(before, wish)));
        return read(caller);
    }

    /** @param saved what the refused messages would have cost */
    public record ShownDone(long refused, long challenged, BigDecimal saved) implements JsonAnswer {
        private static ShownDone of(Done done) {
            return new ShownDone(done.refused(), done.challenged(), plain(done.saved()));
        }
    }

    /** @param messages of which a rule spoke */
    public record Replay(String since, String currency, long messages, ShownDone was, ShownDone would)
            implements JsonAnswer {}

    /** What would have become of the last week's messages under these modes. Changes nothing. */
    @PostMapping("/rules/replay")
    @RequiresScope("read:attack_protection")
    public Replay replay(Caller caller, Wish wish) {
        var replayed = replay.under(caller.tenant(), with(FraudRules.DEFAULT, wish));
        return new Replay(
                replayed.since().toString(),
                replayed.currency(),
                replayed.messages(),
                ShownDone.of(replayed.was()),
                ShownDone.of(replayed.would()));
    }

    /**
     * Messages of a time.
     *
     * @param saved what the refused ones would have cost
     * @param wouldRefuse those that went, and that rules in shadow would have refused
     */
    public record ShownCounts(
            long refused,
            long challenged,
            long watched,
            BigDecimal saved,
            long wouldRefuse,
            long wouldChallenge,
            BigDecimal wouldSave)
            implements JsonAnswer {
        private static ShownCounts of(Counts counts) {
            return new ShownCounts(
                    counts.refused(),
                    counts.challenged(),
                    counts.watched(),
                    plain(counts.saved()),
                    counts.wouldRefuse(),
                    counts.wouldChallenge(),
                    plain(counts.wouldSave()));
        }
    }

    public record ShownOfRule(FraudRule rule, RuleMode mode, ShownCounts day, ShownCounts week) implements JsonAnswer {
        private static ShownOfRule of(OfRule of) {
            return new ShownOfRule(of.rule(), of.mode(), ShownCounts.of(of.day()), ShownCounts.of(of.week()));
        }
    }

    public record Summary(String currency, ShownCounts hour, ShownCounts day, ShownCounts week, List<ShownOfRule> rules)
            implements JsonAnswer {
        private static Summary of(Statistics all) {
            return new Summary(
                    all.currency(),
                    ShownCounts.of(all.hour()),
                    ShownCounts.of(all.day()),
                    ShownCounts.of(all.week()),
                    all.rules().stream().map(ShownOfRule::of).toList());
        }
    }

    @GetMapping("/summary")
    @RequiresScope("read:attack_protection")
    public Summary summary(Caller caller) {
        return Summary.of(statistics.of(caller.tenant()));
    }

    /** Without trailing zeros, such as 0.21. */
    static BigDecimal plain(BigDecimal amount) {
        var plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
