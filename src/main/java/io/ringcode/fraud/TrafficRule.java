package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Learned;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.traffic.MessageRequest;
import io.ringcode.fraud.traffic.Scope;
import io.ringcode.fraud.traffic.TenantTraffic;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.fraud.traffic.Traffic;
import io.ringcode.fraud.traffic.TrafficEvent;
import io.ringcode.fraud.traffic.Verdict;
import io.ringcode.user.Users.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Send rule against SMS pumping: by what is learned of the tenant's traffic. It judges from memory; only before it would not allow, one
 * statement asks whether number or account have typed a code before.
 */
@Component
@Order(80)
class TrafficRule implements SendRule {
    private final Traffic traffic;
    private final FraudDecisions decisions;
    private final AskedTraffic asked;

    TrafficRule(Traffic traffic, FraudDecisions decisions, AskedTraffic asked) {
        this.traffic = traffic;
        this.decisions = decisions;
        this.asked = asked;
    }

    @Override
    public Judge begin(List<Asked> messages, Instant now) {
        return new Judging(
                asked.accounts(messages.stream()
                        .filter(TrafficRule::isJudged)
                        .map(Asked::request)
                        .toList()),
                now);
    }

    /** What the server sends once more was judged when somebody asked for it, and an administrator's trial is nobody's traffic. */
    private static boolean isJudged(Asked message) {
        var cause = message.request().cause();
        return !cause.isOurs()
                && cause != Cause.TRIAL
                && FraudRules.of(message.settings()).isAnyOn();
    }

    private final class Judging implements Judge {
        private final Map<UserKey, Instant> accounts;
        private final Instant instant;
        private final long now;
        private final IdentityHashMap<Asked, Judged> judged = new IdentityHashMap<>();
        private final IdentityHashMap<Asked, List<Learned>> watched = new IdentityHashMap<>();

        Judging(Map<UserKey, Instant> accounts, Instant now) {
            this.accounts = accounts;
            this.instant = now;
            this.now = now.toEpochMilli();
        }

        private record Judged(MessageRequest ask, Verdict verdict) {}

        @Override
        public Optional<? extends Admission> judge(Asked message) {
            var request = message.request();
            var rules = FraudRules.of(message.settings());
            if (!isJudged(message)) return Optional.empty();
            var ask = asked.of(request, accounts, instant);
            var verdict = traffic.of(request.tenant()).judge(ask, new Setting(request, ask, rules), now);
            judged.put(message, new Judged(ask, verdict));
            if (verdict.findings().isEmpty()) return Optional.empty();
            var answer = decisions.note(request, rules, verdict, now);
            var first = verdict.findings().getFirst();
            var learned = verdict.findings().stream()
                    .filter(one -> rules.mode(one.rule()) != RuleMode.OFF)
                    .map(TrafficRule::learned)
                    .toList();
            var wait = Duration.ofSeconds(Math.max(1, (first.until() - now + 999) / 1_000));
            return switch (answer) {
                case ALLOW -> {
                    watched.put(message, learned);
                    yield Optional.empty();
                }
                case CHALLENGE -> Optional.of(new Admission.ProofAsked(rule(first.rule()), learned));
                case REFUSE -> Optional.of(new Admission.Denied(rule(first.rule()), wait, learned));
            };
        }

        @Override
        public List<Learned> watched(Asked message) {
            return watched.getOrDefault(message, List.of());
        }

        @Override
        public void count(Asked message) {
            var known = judged.get(message);
            if (known == null) return;
            var request = message.request();
            var proof = Proof.valueOf(request.proof().name());
            var life = CodeLife.of(message.settings()).toMillis();
            var counted = traffic.of(request.tenant());
            var sent = counted.sent(known.ask(), proof, known.verdict().probe(), life, now);
            var event = new TrafficEvent.Sent(
                    request.tenant(), now, known.ask(), proof, known.verdict().probe(), life);
            TransactionSynchronizationManager.registerSynchronization(new AtEnd(counted, sent, event));
        }

        @Override
        public void write() {}
    }

    /** A commit tells the other servers, a rollback takes back what was counted. */
    private final class AtEnd implements TransactionSynchronization {
        private final TenantTraffic counted;
        private final TenantTraffic.Sent sent;
        private final TrafficEvent event;

        AtEnd(TenantTraffic counted, TenantTraffic.Sent sent, TrafficEvent event) {
            this.counted = counted;
            this.sent = sent;
            this.event = event;
        }

        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_ROLLED_BACK) counted.withdraw(sent);
            else traffic.tell(event);
        }
    }

    private final class Setting implements Context {
        private final SendRequest request;
        private final MessageRequest ask;
        private final FraudRules rules;
        private @Nullable Map<Long, Long> proved;

        Setting(SendRequest request, MessageRequest ask, FraudRules rules) {
            this.request = request;
            this.ask = ask;
            this.rules = rules;
        }

        @Override
        public Map<Long, Long> proved() {
            var known = proved;
            if (known == null) proved = known = traffic.proved(request.tenant(), ask);
            return known;
        }

        @Override
        public Proof proof() {
            return Proof.valueOf(request.proof().name());
        }

        @Override
        public boolean isPermitted(Scope scope) {
            return rules.permitted().contains(scope.key());
        }

        @Override
        public boolean isOn(FraudRule rule) {
            return rules.mode(rule) == RuleMode.ON;
        }
    }

    private static Learned learned(Verdict.Finding finding) {
        return new Learned(
                finding.rule(),
                finding.scope(),
                finding.value(),
                finding.threshold(),
                Instant.ofEpochMilli(finding.until()));
    }

    private static Admission.Rule rule(FraudRule rule) {
        return switch (rule) {
            case ADJACENT_NUMBERS -> Admission.Rule.ADJACENT_NUMBERS;
            case NUMBER_RANGE -> Admission.Rule.NUMBER_RANGE;
            case COUNTRY -> Admission.Rule.COUNTRY_TRAFFIC;
            case ADDRESS -> Admission.Rule.ADDRESS_TRAFFIC;
            case NUMBER_WAIT -> Admission.Rule.NUMBER_WAIT;
            case ACCOUNT_NUMBERS -> Admission.Rule.ACCOUNT_NUMBERS;
            case NUMBER_ACCOUNTS -> Admission.Rule.NUMBER_ACCOUNTS;
        };
    }
}
