package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.fraud.traffic.Verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the scopes of a message say of it. */
final class ScopeJudge {
    /** How much of an untyped code's weight one weighs that was just sent, where no code ever came back. */
    private static final double GUILT = 0.4;

    private final Set<Signal> signals;
    private final Scopes scopes;

    ScopeJudge(Set<Signal> signals, Scopes scopes) {
        this.signals = signals;
        this.scopes = scopes;
    }

    /**
     * @param findings to which those of the scopes are added
     * @return the scopes that refuse
     */
    List<ScopeState> judge(
            MessageRequest ask,
            Context context,
            CodeEvidence odds,
            CostPerCode tenant,
            List<Finding> findings,
            long now) {
        var named = scopes.of(ask, context.proof(), now);
        var states = new ArrayList<@Nullable ScopeState>();
        double alert = 0;
        for (var scope : named) {
            var state = scopes.find(scope);
            states.add(state);
            if (state != null && scope.kind().isCoarse()) {
                var threshold = scope.kind().challenge() * state.standing(now);
                alert = Math.max(alert, evidence(state, state.proven(now), odds, now) / threshold);
            }
        }
        if (!signals.contains(Signal.INHERITANCE)) alert = 0;
        var refusing = new ArrayList<ScopeState>();
        var probing = true;
        for (int i = 0; i < named.size(); i++) {
            var state = states.get(i);
            if (state == null || context.isPermitted(named.get(i))) continue;
            // Who has confirmed the number at any time is judged by what is near to it alone.
            if (ask.confirmed() && state.kind.isCoarse()) continue;
            // What is fresh below a range whose codes come back is no more suspect than the range.
            var parent = i > 0 && state.kind.isPrefix() ? states.get(i - 1) : null;
            var measured = measure(ask, state, parent, odds, tenant, alert, now);
            if (measured == null) continue;
            findings.add(measured);
            if (measured.answer() != Answer.REFUSE || !context.isOn(measured.rule())) continue;
            refusing.add(state);
            probing &= state.mayProbe(now);
        }
        if (refusing.isEmpty() || !probing) return refusing;
        // One may go to see whether people are back.
        findings.replaceAll(one -> one.answer() == Answer.REFUSE
                        && context.isOn(one.rule())
                        && one.rule().learned()
                ? one.probing()
                : one);
        return List.of();
    }

    private @Nullable Finding measure(
            MessageRequest ask,
            ScopeState state,
            @Nullable ScopeState parent,
            CodeEvidence odds,
            CostPerCode tenant,
            double alert,
            long now) {
        var kind = state.kind;
        var standing = state.standing(now) * (ask.confirmed() ? 1.5 : 1);
        var challenge = kind.challenge() * standing;
        var refuse = kind.refuse() * standing;
        var proven = state.proven(now);
        if (parent != null && parent.kind.isPrefix() && parent.evidence.at(now) <= 0)
            proven = Math.max(proven, parent.proven(now) / 2);
        var evidence = evidence(state, proven, odds, now);
        // A range from which no code has come, below a country or a group that is in alert, gets one message or two.
        if (alert >= 1 && kind.isPrefix() && state.proven(now) < 1 && !ask.confirmed()) {
            refuse = (alert >= 1.5 ? 0.8 : 1.6) * odds.untyped();
            evidence = state.evidence(odds, 1, signals.contains(Signal.WAITING_CODES), now);
        }
        if (evidence > 0 && !ask.confirmed() && signals.contains(Signal.COST)) evidence += state.cost(tenant, now);
        if (evidence < Math.min(challenge, refuse)) return null;
        var answer = evidence >= refuse ? Answer.REFUSE : Answer.CHALLENGE;
        return new Finding(
                kind.rule(),
                state.scope.label(),
                state.scope.key(),
                evidence / odds.untyped(),
                (answer == Answer.REFUSE ? refuse : challenge) / odds.untyped(),
                answer,
                state.until(now),
                false);
    }

    private double evidence(ScopeState state, double proven, CodeEvidence odds, long now) {
        return state.evidence(odds, GUILT / (1 + proven / 5), signals.contains(Signal.WAITING_CODES), now);
    }
}
