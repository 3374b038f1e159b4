package io.ringcode.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.action.NumberRefused;
import io.ringcode.budget.BudgetReached;
import io.ringcode.challenge.ChallengeEvent;
import io.ringcode.challenge.ChallengeEvent.CeremonyFailed;
import io.ringcode.challenge.ChallengeEvent.ChallengeStarted;
import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.challenge.ChallengeEvent.GuessWrong;
import io.ringcode.challenge.ChallengeEvent.GuessesExceeded;
import io.ringcode.challenge.ChallengeEvent.KeyAsked;
import io.ringcode.challenge.ChallengeEvent.KeyRefused;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.fraud.SendRefused;
import java.util.Locale;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts for Prometheus; what carriers do is counted where they are called. No label names a person or a number. */
@Component
class Meters {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    @EventListener
    void on(EnrollmentStarted event) {
        challenge(event.type(), "enrollment");
    }

    @EventListener
    void on(ChallengeEvent event) {
        switch (event) {
            case ChallengeStarted started -> challenge(started.channel().wire(), "started");
            case GuessRight right -> verification(right.method().wire(), "right");
            case GuessWrong wrong -> verification(wrong.method().wire(), "wrong");
            case KeyAsked asked -> challenge(asked.kind().setting(), "started");
            case KeyRefused refused -> verification(refused.kind().setting(), "wrong");
            case CeremonyFailed failed -> verification(failed.kind().setting(), "failed_in_browser");
            case GuessesExceeded exceeded -> verification(exceeded.method().wire(), "locked");
        }
    }

    @EventListener
    void on(SendRefused refused) {
        challenge(
                refused.request().channel().wire(),
                "denied_" + refused.denied().rule().name().toLowerCase(Locale.ROOT));
    }

    @EventListener
    void on(NumberRefused event) {
        registry.counter(
                        "ringcode.numbers.refused",
                        "trigger",
                        event.check().occasion().trigger().id(),
                        "result",
                        event.verdict().instead().wire())
                .increment();
    }

    @EventListener
    void on(BudgetReached reached) {
        registry.counter(
                        "ringcode.budgets",
                        "scope",
                        reached.budget().scope().kind().wire(),
                        "period",
                        reached.budget().period().wire(),
                        "percent",
                        Integer.toString(reached.percent()))
                .increment();
    }

    private void challenge(String channel, String result) {
        registry.counter("ringcode.challenges", "channel", channel, "result", result)
                .increment();
    }

    private void verification(String method, String result) {
        registry.counter("ringcode.verifications", "method", method, "result", result)
                .increment();
    }
}
