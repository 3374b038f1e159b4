package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Anomaly detector for the messages of one tenant: a sequential test (CUSUM of log-likelihood ratios) for each {@link Scope} that
 * messages have in common. A code that people would have typed by now speaks against its scopes, one that is typed speaks for
 * them, each as much as it says at the present conversion of those who have proved themselves. What waits counts at once, so that
 * a quick attack is not over before the first code expires. All times are milliseconds of the epoch.
 */
public final class TenantTraffic {
    private static final String CONVERSION = "CONVERSION ";
    private static final String NUMBER = "NUMBER ";

    /** Codes that came back from an address that is vouched for. */
    private static final double VOUCHED = 10;

    private final Set<Signal> signals;
    private final Conversion conversion;
    private final KnownNumbers numbers = new KnownNumbers();
    private final Scopes scopes;
    private final ScopeJudge judge;
    private final WaitingCodes codes = new WaitingCodes(new Fates());
    /** Codes that came back before this server heard that they were sent. */
    private final Recent<UUID, Long> early = new Recent<>(2_000);

    public TenantTraffic(Set<Signal> signals) {
        this.signals = signals;
        this.conversion = new Conversion(signals);
        this.scopes = new Scopes(signals);
        this.judge = new ScopeJudge(signals, scopes);
    }

    /** What is asked beside the message itself. */
    public interface Context {
        /** Which of number and account have typed a code in the last 90 days, as stored; asked only where it matters. */
        Map<Long, Long> proved();

        Proof proof();

        /** Whether an operator has set that a scope is never judged. */
        boolean isPermitted(Scope scope);

        /** Whether the rule acts; otherwise it only tells. */
        boolean isOn(FraudRule rule);
    }

    /** Whether who asks can show that he is no program. */
    public enum Proof {
        IMPOSSIBLE,
        POSSIBLE,
        PASSED
    }

    public synchronized Verdict judge(MessageRequest ask, Context context, long now) {
        codes.advance(now);
        var findings = new ArrayList<Finding>();
        if (signals.contains(Signal.NUMBER_WAIT)) addFound(findings, numbers.numberWait(ask, now));
        if (signals.contains(Signal.ACCOUNT_NUMBERS)) addFound(findings, numbers.accountNumbers(ask, now));
        if (signals.contains(Signal.NUMBER_ACCOUNTS)) addFound(findings, numbers.numberAccounts(ask, now));
        if (signals.contains(Signal.TRUST) && numbers.isProved(ask, now)) return Verdict.of(findings, context);
        var refusing = judge.judge(
                ask, context, conversion.odds(conversion.group(ask), now), conversion.cost(), findings, now);
        if (findings.isEmpty()) return Verdict.ALLOW;
        if (signals.contains(Signal.TRUST) && isLearned(findings)) {
            context.proved().forEach(numbers::proved);
            if (numbers.isProved(ask, now)) {
                findings.removeIf(one -> one.rule().learned());
                return Verdict.of(findings, context);
            }
        }
        var verdict = Verdict.of(findings, context);
        if (verdict.answer() == Verdict.Answer.REFUSE) refusing.forEach(state -> state.refused(now));
        return verdict;
    }

    private static boolean isLearned(List<Finding> findings) {
        return findings.stream().anyMatch(one -> one.rule().learned());
    }

    private static void addFound(List<Finding> findings, @Nullable Finding one) {
        if (one != null) findings.add(one);
    }

    /** A message that went out. */
    public static final class Sent {
        /** Null where it was not counted. */
        private final @Nullable Code code;

        private final boolean first;

        private Sent(@Nullable Code code, boolean first) {
            this.code = code;
            this.first = first;
        }
    }

    /**
     * Counts a message that goes out. One too many to be waited for is not counted at all: that it came back could not be told.
     *
     * @param life of its code, in milliseconds
     */
    public synchronized Sent sent(MessageRequest ask, Proof proof, boolean probe, long life, long now) {
        codes.advance(now);
        numbers.claimed(ask, now);
        if (codes.isFull()) return new Sent(null, false);
        // While the codes of those who have proved themselves fail, silence says nothing of a number.
        var group = conversion.group(ask);
        var says = Math.min(1, conversion.odds(group, now).typed() / 0.55);
        var again = numbers.waiting(ask.number());
        if (again != null && !again.typed && !again.isSettled()) {
            again.over = Math.min(again.sentAt + WaitingCodes.LATE, now + life);
            numbers.sent(ask, null, says, now);
            codes.know(ask.session(), again);
            return new Sent(again, false);
        }
        var trusted = numbers.isProved(ask, now);
        var states = new ArrayList<ScopeState>();
        for (var scope : scopes.of(ask, proof, now)) states.add(scopes.counted(scope, now));
        var even = false;
        if (!trusted && ask.isTypedOnPage()) for (var state : states) even |= state.comesEvenly(now);
        var weight = CodeWeight.of(ask, proof, trusted, numbers.isCounted(ask.number(), now), even, signals);
        var code = new Code(ask, group, states, now, life, trusted, weight, probe);
        // Who has typed a code at any time is of the control group, also where the guard has not seen it.
        if (code.isControl()) conversion.waits(group, 0, 1);
        if (!trusted) for (var state : states) state.waiting[0] += weight;
        if (probe) for (var state : states) state.probe(now);
        spend(code, code.price, now);
        codes.add(ask.session(), code);
        numbers.sent(ask, code, says, now);
        if (ask.session() != null && early.remove(ask.session()) != null) typed(ask.session(), now);
        return new Sent(code, true);
    }

    /** The message does not go out after all. */
    public synchronized void withdraw(Sent sent) {
        var code = sent.code;
        if (code == null) return;
        numbers.withdrawn(code);
        if (!sent.first || code.isSettled()) return;
        codes.forget(code);
        spend(code, -code.price, code.sentAt);
        drop(code);
    }

    private void spend(Code code, double price, long now) {
        if (price == 0) return;
        if (conversion.isNews(now)) conversion.cost().spent(price, now);
        for (var state : code.scopes) state.spent(price, now);
    }

    private void drop(Code code) {
        code.withdrawn = true;
        if (!code.typed) take(code);
    }

    private void take(Code code) {
        if (code.isControl()) conversion.waits(code.group, code.age, -1);
        if (!code.trusted)
            for (var state : code.scopes) state.waiting[code.age] = Math.max(0, state.waiting[code.age] - code.weight);
    }

    /**
     * A code came back.
     *
     * @return which number and account have proved themselves by it and are to be stored; empty where that is known
     */
    public synchronized List<Long> typed(UUID session, long now) {
        codes.advance(now);
        var code = codes.find(session);
        if (code == null || code.withdrawn) {
            early.put(session, now);
            return List.of();
        }
        var news = new ArrayList<Long>(2);
        if (numbers.proved(code.number, now)) news.add(code.number);
        var account = code.account;
        if (account != null && numbers.proved(account, now)) news.add(account);
        numbers.answered(code.number);
        if (!code.typed) count(code, now);
        return news;
    }

    private void count(Code code, long now) {
        code.typed = true;
        conversion.typedAfter(now - code.sentAt, now);
        if (code.price > 0 && conversion.isNews(now)) conversion.cost().cameBack(now);
        if (!code.matured) {
            take(code);
            if (code.isControl()) conversion.typed(code.group, 1);
        }
        for (var state : code.scopes) {
            state.came(now);
            if (code.price > 0) state.paidFor(now);
            if (!code.trusted && !code.matured) state.typed += code.weight;
            else if (!code.trusted) {
                state.add(-code.added, now);
                state.cameNot(-1, now);
            }
            if (code.probe) state.probeTyped(now);
        }
        if (code.matured)
            conversion.matured(code.group, code.isControl(), true, code.isControl() ? 1 : code.weight, now);
    }

    /** A carrier says that the number is nobody's: the code will never be typed. */
    public synchronized void unknownSubscriber(UUID session, long now) {
        codes.advance(now);
        var code = codes.find(session);
        if (code != null && !code.isSettled() && !code.typed) codes.end(code, now);
    }

    /** Whether so many codes come back from an end user's address that no limit on it is needed. */
    public synchronized boolean vouchesFor(long address, long now) {
        var state = scopes.find(new Scope(ScopeKind.ADDRESS, Long.toHexString(address)));
        return state != null && state.proven(now) >= VOUCHED && state.evidence.at(now) <= 0;
    }

    /** What the codes say whose life is over, of the scope that they say most against. Those that wait are nobody's fault yet. */
    public synchronized Verdict.Answer standing(List<Scope> asked, long now) {
        codes.advance(now);
        var worst = Verdict.Answer.ALLOW;
        for (var scope : asked) {
            var state = scopes.find(scope);
            if (state == null) continue;
            var share = state.evidence.at(now) / state.standing(now);
            if (share >= scope.kind().refuse()) return Verdict.Answer.REFUSE;
            if (share >= scope.kind().challenge()) worst = Verdict.Answer.CHALLENGE;
        }
        return worst;
    }

    /** Who has typed a code before, as stored. */
    public synchronized void proved(long subject, long at) {
        numbers.proved(subject, at);
    }

    /**
     * What is stored of a scope, or of a country's conversion.
     *
     * @param key as {@link Scope#key}, or begins with {@code CONVERSION}
     */
    @SuppressWarnings("ArrayRecordComponent") // values that are only handed on
    public record Kept(String key, double[] sums) {}

    /** What has changed since it was asked the last time. */
    public synchronized List<Kept> changed(long now) {
        codes.advance(now);
        var kept = new ArrayList<Kept>();
        for (var state : scopes.changed(now)) kept.add(new Kept(state.scope.key(), state.sums(now)));
        conversion.changed(now).forEach((country, sums) -> kept.add(new Kept(CONVERSION + country, sums)));
        numbers.changed(now).forEach((number, sums) -> kept.add(new Kept(NUMBER + Long.toHexString(number), sums)));
        return kept;
    }

    public synchronized void restore(Kept kept, long at, long now) {
        var key = kept.key();
        if (key.startsWith(CONVERSION)) conversion.restore(key.substring(CONVERSION.length()), kept.sums(), at, now);
        else if (key.startsWith(NUMBER))
            numbers.restore(Long.parseUnsignedLong(key.substring(NUMBER.length()), 16), kept.sums(), at);
        else scopes.counted(Scope.ofKey(key), now).restore(kept.sums(), at, now);
    }

    /**
     * A scope that refuses, or has refused lately.
     *
     * @param refused requests that it has refused, those of a while ago counted less
     * @param verified codes that came back, in the last weeks
     * @param untyped codes that did not
     * @param until when a message may go again, if nothing else comes
     */
    public record Blocked(Scope scope, double refused, double verified, double untyped, long lastRefused, long until) {}

    public synchronized List<Blocked> blocked(long since, long now) {
        codes.advance(now);
        return scopes.refusing(since).stream()
                .map(state -> new Blocked(
                        state.scope,
                        state.refused.at(now),
                        state.verified.at(now),
                        state.untyped.at(now),
                        state.lastRefused(),
                        state.until(now)))
                .toList();
    }

    /** Scopes and codes that are held in memory. */
    public synchronized int size() {
        return scopes.size() + codes.size() + numbers.size();
    }

    /** Forgets the half that was used the longest ago. What was stored of it comes back with the next start. */
    public synchronized void halve() {
        scopes.halve();
        numbers.halve();
        codes.keep(codes.size() / 2);
    }

    /** A scope begins anew. */
    public synchronized void release(Scope scope, long now) {
        var state = scopes.find(scope);
        if (state != null) state.release(now);
    }

    private final class Fates implements WaitingCodes.Fate {
        @Override
        public void older(Code code, int age) {
            if (!code.typed) {
                take(code);
                if (code.isControl()) conversion.waits(code.group, age, 1);
                if (!code.trusted) for (var state : code.scopes) state.waiting[age] += code.weight;
            }
            code.age = age;
        }

        @Override
        public void dropped(Code code) {
            numbers.withdrawn(code);
            drop(code);
        }

        @Override
        public void over(Code code, long at) {
            var now = Math.min(at, code.over);
            numbers.settled(code);
            if (!code.typed) take(code);
            conversion.matured(code.group, code.isControl(), code.typed, code.isControl() ? 1 : code.weight, now);
            if (code.isControl() && code.typed) conversion.typed(code.group, -1);
            if (code.trusted) return;
            var odds = conversion.odds(code.group, now);
            for (var state : code.scopes) {
                if (code.typed) state.typed = Math.max(0, state.typed - code.weight);
                else state.cameNot(1, now);
                state.add(code.weight * (code.typed ? odds.verified() : odds.untyped()), now);
            }
            code.added = code.weight * (odds.untyped() - odds.verified());
        }
    }
}
