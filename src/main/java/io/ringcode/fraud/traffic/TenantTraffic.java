package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.fraud.traffic.Verdict.Finding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Anomaly detector for the messages of one tenant: a sequential test (CUSUM of log-likelihood ratios) for each {@link Scope} that messages have in common.
 * A code that people would have typed by now speaks against its scopes, one that is typed speaks for them, each as much as it
 * says at the present conversion of those who have proved themselves. What waits counts at once, so that a quick attack is not over before the first
 * code expires.
 */
public final class TenantTraffic {
    private static final int MOST_SCOPES = 20_000;
    private static final int MOST_CODES = 100_000;
    private static final long LATE = Duration.ofMinutes(10).toMillis();
    /** How much of an untyped code's weight one weighs that was just sent, where no code ever came back. */
    private static final double GUILT = 0.4;

    private final Set<Signal> signals;
    private final Conversion conversion;
    private final Numbers numbers = new Numbers();
    /** Two generations, so that a flood of new scopes does not push out those that have a history. */
    private final Recent<Scope, ScopeState> known = new Recent<>(MOST_SCOPES / 2);

    private final Recent<Scope, ScopeState> fresh = new Recent<>(MOST_SCOPES / 2);
    private final Map<UUID, Code> bySession = new LinkedHashMap<>();
    /** By age, each in the order of sending; the last are those whose life is over, until they are late. */
    private final List<ArrayDeque<Code>> waiting = new ArrayList<>();

    /** Codes that were asked for again, whose life was made longer by it. */
    private final List<Code> renewed = new ArrayList<>();

    private final ArrayDeque<Code> late = new ArrayDeque<>();

    public TenantTraffic(Set<Signal> signals) {
        this.signals = signals;
        this.conversion = new Conversion(signals.contains(Signal.CONTROL_GROUP));
        for (int age = 0; age < Age.COUNT; age++) waiting.add(new ArrayDeque<>());
    }

    /** What is asked beside the message itself. */
    public interface Context {
        /** Whether number or account have typed a code in the last 90 days, as stored; asked only where it matters. */
        boolean isProved();

        /** Whether nobody can be asked to prove anything, they can, or have. */
        Proof proof();

        /** Whether an operator has set that a scope is never judged. */
        boolean isPermitted(Scope scope);

        boolean isOn(FraudRule rule);
    }

    /** Whether who asks can show that he is no program. */
    public enum Proof {
        IMPOSSIBLE,
        POSSIBLE,
        PASSED
    }

    public synchronized Verdict judge(Ask ask, Context context, long now) {
        advance(now);
        var findings = new ArrayList<Finding>();
        if (signals.contains(Signal.NUMBER_WAIT)) addFound(findings, numbers.numberWait(ask, now));
        if (signals.contains(Signal.ACCOUNT_NUMBERS)) addFound(findings, numbers.accountNumbers(ask, now));
        var known = signals.contains(Signal.TRUST) && numbers.isProved(ask, now);
        var probe = !known && judgeScopes(ask, context, findings, now);
        if (findings.isEmpty()) return Verdict.ALLOW;
        if (!known
                && signals.contains(Signal.TRUST)
                && findings.stream().anyMatch(one -> one.rule().learned())
                && context.isProved()) {
            numbers.proved(ask.number(), now);
            findings.removeIf(one -> one.rule().learned());
            if (findings.isEmpty()) return Verdict.ALLOW;
        }
        findings.sort(Comparator.comparing((Finding one) -> context.isOn(one.rule()))
                .thenComparing(Finding::answer)
                .thenComparing(one -> one.value() / one.threshold())
                .reversed());
        var first = findings.getFirst();
        var answer = context.isOn(first.rule()) ? first.answer() : Answer.ALLOW;
        return new Verdict(answer, List.copyOf(findings), probe && answer != Answer.REFUSE);
    }

    private static void addFound(List<Finding> findings, @Nullable Finding one) {
        if (one != null) findings.add(one);
    }

    /** @return whether the message may go as a probe */
    private boolean judgeScopes(Ask ask, Context context, List<Finding> findings, long now) {
        var odds = conversion.odds(ask.country(), now);
        var scopes = scopes(ask, now);
        var states = new ArrayList<ScopeState>();
        double alert = 0;
        for (var scope : scopes) {
            var state = find(scope);
            states.add(state);
            if (state == null || state.kind.mayRefuse() && state.kind != ScopeKind.NEW_COUNTRIES) continue;
            var level = evidence(state, odds, now) / (state.kind.challenge() * state.standing(now));
            alert = Math.max(alert, level);
        }
        var inherited = signals.contains(Signal.INHERITANCE) ? alert : 0;
        var refusing = new ArrayList<ScopeState>();
        var probing = true;
        for (int i = 0; i < scopes.size(); i++) {
            var state = states.get(i);
            if (state == null || context.isPermitted(scopes.get(i))) continue;
            var measured = measure(ask, scopes.get(i), state, odds, inherited, now);
            if (measured == null) continue;
            findings.add(measured);
            if (measured.answer() != Answer.REFUSE || !context.isOn(measured.rule())) continue;
            refusing.add(state);
            probing &= state.mayProbe(now);
        }
        if (refusing.isEmpty()) return false;
        if (probing) {
            // One may go to see whether people are back; it is watched.
            findings.replaceAll(one -> one.answer() == Answer.REFUSE && context.isOn(one.rule())
                    ? new Finding(
                            one.rule(), one.scope(), one.scopeKey(), one.value(), one.threshold(), Answer.CHALLENGE, one.until())
                    : one);
        } else refusing.forEach(state -> state.refused(now));
        return probing;
    }

    private @Nullable Finding measure(
            Ask ask, Scope scope, ScopeState state, Odds odds, double alert, long now) {
        var kind = state.kind;
        var standing = state.standing(now) * (ask.confirmed() ? 2 : 1);
        var challenge = kind.challenge() * standing;
        var refuse = kind.refuse() * standing;
        var evidence = evidence(state, odds, now);
        // A range from which no code has come, below a country or a group that is in alert, gets one or two messages.
        if (alert >= 1 && kind.isPrefix() && state.verified.at(now) < 1 && !ask.confirmed()) {
            refuse = (alert >= 1.5 ? 0.8 : 1.6) * odds.untyped();
            evidence = state.evidence(odds, 1, signals.contains(Signal.WAITING_CODES), now);
        }
        if (evidence < Math.min(challenge, refuse)) return null;
        var answer = evidence >= refuse ? Answer.REFUSE : Answer.CHALLENGE;
        var threshold = answer == Answer.REFUSE ? refuse : challenge;
        return new Finding(
                kind.rule(),
                scope.label(),
                scope.key(),
                evidence / odds.untyped(),
                threshold / odds.untyped(),
                answer,
                state.until(now));
    }

    private double evidence(ScopeState state, Odds odds, long now) {
        var guilt = GUILT / (1 + state.verified.at(now) / 5);
        return state.evidence(odds, guilt, signals.contains(Signal.WAITING_CODES), now);
    }

    /** From the coarsest to the finest. */
    private List<Scope> scopes(Ask ask, long now) {
        var scopes = new ArrayList<Scope>(12);
        if (signals.contains(Signal.COUNTRIES)) scopes.add(new Scope(ScopeKind.COUNTRY, ask.countryName()));
        if (signals.contains(Signal.NEW_GROUPS)) {
            if (!isVerified(ScopeKind.COUNTRY, ask.countryName(), now))
                scopes.add(new Scope(ScopeKind.NEW_COUNTRIES, ask.channelName()));
            if (!isVerified(ScopeKind.PREFIX_4, prefix(ask, 2), now))
                scopes.add(new Scope(ScopeKind.NEW_PREFIXES, ask.countryName()));
        }
        if (signals.contains(Signal.UNKNOWN_RANGES) && !ask.knownRange())
            scopes.add(new Scope(ScopeKind.UNKNOWN_RANGES, ask.countryName()));
        if (signals.contains(Signal.ADDRESSES)) {
            if (ask.asn() != 0) scopes.add(new Scope(ScopeKind.ASN, Integer.toString(ask.asn())));
            add(scopes, ScopeKind.WIDE_NETWORK, ask.wideNetwork());
            add(scopes, ScopeKind.NETWORK, ask.network());
            add(scopes, ScopeKind.ADDRESS, ask.address());
        }
        if (signals.contains(Signal.PREFIXES)) {
            scopes.add(new Scope(ScopeKind.PREFIX_5, prefix(ask, 3)));
            scopes.add(new Scope(ScopeKind.PREFIX_4, prefix(ask, 2)));
            scopes.add(new Scope(ScopeKind.PREFIX_3, prefix(ask, 1)));
        }
        if (signals.contains(Signal.ADJACENCY)) scopes.add(new Scope(ScopeKind.PREFIX_2, ask.digits()));
        return scopes;
    }

    private static void add(List<Scope> scopes, ScopeKind kind, @Nullable Long key) {
        if (key != null) scopes.add(new Scope(kind, Long.toHexString(key)));
    }

    private static String prefix(Ask ask, int more) {
        return ask.digits().substring(0, Math.max(2, ask.digits().length() - more));
    }

    private boolean isVerified(ScopeKind kind, String name, long now) {
        var state = find(new Scope(kind, name));
        return state != null && state.verified.at(now) >= 0.5;
    }

    private @Nullable ScopeState find(Scope scope) {
        var state = known.get(scope);
        return state != null ? state : fresh.get(scope);
    }

    private ScopeState state(Scope scope, long now) {
        var state = known.get(scope);
        if (state == null) {
            state = fresh.computeIfAbsent(scope, one -> new ScopeState(one.kind()));
            if (state.hasHistory(now)) {
                fresh.remove(scope);
                known.put(scope, state);
            }
        }
        state.touched = now;
        return state;
    }

    /**
     * Counts a message that goes out.
     *
     * @param life of its code, in milliseconds
     */
    public synchronized Sent sent(Ask ask, Proof proof, boolean probe, long life, long now) {
        var again = numbers.waiting(ask.number());
        if (again != null && !again.typed) {
            again.over = Math.min(again.sentAt + LATE, now + life);
            numbers.sent(ask, null, now);
            if (ask.session() != null) bySession.put(ask.session(), again);
            return new Sent(again, false);
        }
        var trusted = numbers.isProved(ask, now);
        double weight = trusted || ask.confirmed() ? 0.5 : 1;
        if (!trusted && numbers.isCounted(ask.number(), now)) weight *= 0.25;
        // Who has shown that he is no program, and leaves the code alone, says more.
        if (proof == Proof.PASSED) weight *= 1.2;
        var states = new ArrayList<ScopeState>();
        for (var scope : scopes(ask, now)) states.add(state(scope, now));
        var code = new Code(ask, states, now, life, trusted, weight, probe);
        if (!trusted) for (var state : states) state.waiting[0] += weight;
        if (probe) for (var state : states) state.probe(now);
        waiting.getFirst().add(code);
        if (ask.session() != null) bySession.put(ask.session(), code);
        numbers.sent(ask, code, now);
        if (bySession.size() > MOST_CODES) forgetEldest();
        return new Sent(code, true);
    }

    private void forgetEldest() {
        var eldest = bySession.entrySet().iterator();
        eldest.next();
        eldest.remove();
    }

    /** A message that was counted. */
    public static final class Sent {
        private final Code code;
        private final boolean first;

        private Sent(Code code, boolean first) {
            this.code = code;
            this.first = first;
        }
    }

    /** The message does not go out after all. */
    public synchronized void withdraw(Sent sent) {
        var code = sent.code;
        if (!sent.first || code.withdrawn) {
            numbers.withdrawn(code);
            return;
        }
        code.withdrawn = true;
        if (!code.trusted && !code.typed && !code.matured) take(code);
        numbers.withdrawn(code);
        if (code.ask.session() != null) bySession.remove(code.ask.session(), code);
    }

    private static void take(Code code) {
        for (var state : code.scopes)
            state.waiting[code.age] = Math.max(0, state.waiting[code.age] - code.weight);
    }

    /**
     * A code came back.
     *
     * @return which number and account have proved themselves by it and are to be stored; empty where that is known
     */
    public synchronized List<Long> typed(UUID session, long now) {
        advance(now);
        var code = bySession.get(session);
        if (code == null || code.withdrawn) return List.of();
        var news = new ArrayList<Long>(2);
        if (numbers.proved(code.ask.number(), now)) news.add(code.ask.number());
        var account = code.ask.account();
        if (account != null && numbers.proved(account, now)) news.add(account);
        numbers.answered(code.ask.number());
        if (code.typed) return news;
        code.typed = true;
        conversion.typedAfter(now - code.sentAt, now);
        for (var state : code.scopes) {
            state.verified.add(1, now);
            if (!code.trusted && !code.matured) {
                state.waiting[code.age] = Math.max(0, state.waiting[code.age] - code.weight);
                state.typed += code.weight;
            } else if (!code.trusted) state.add(-code.added, now);
            if (code.probe) state.probeTyped(now);
        }
        if (code.matured) conversion.matured(code.ask.country(), code.trusted, true, code.weight, now);
        return news;
    }

    /** A carrier says that the number is nobody's: the code will never be typed. */
    public synchronized void unknownSubscriber(UUID session, long now) {
        advance(now);
        var code = bySession.get(session);
        if (code != null && !code.matured && !code.typed && !code.withdrawn) mature(code, now);
    }

    /** Lets codes grow older. */
    public synchronized void advance(long now) {
        for (int age = 0; age + 1 < Age.COUNT; age++) {
            var queue = waiting.get(age);
            var next = Age.from(age + 1);
            for (var code = queue.peek(); code != null && now - code.sentAt >= next; code = queue.peek()) {
                queue.poll();
                if (!code.withdrawn && !code.matured) older(code, age + 1);
            }
        }
        var last = waiting.getLast();
        for (var code = last.peek(); code != null && now >= code.sentAt + code.life; code = last.peek()) {
            last.poll();
            if (code.withdrawn || code.matured) continue;
            if (code.over > now) renewed.add(code);
            else mature(code, now);
        }
        if (!renewed.isEmpty())
            renewed.removeIf(code -> {
                var over = code.withdrawn || code.matured || code.over <= now;
                if (over && !code.withdrawn && !code.matured) mature(code, now);
                return over;
            });
        for (var code = late.peek(); code != null && now - code.sentAt >= LATE; code = late.peek()) {
            late.poll();
            if (code.ask.session() != null) bySession.remove(code.ask.session(), code);
        }
    }

    private void older(Code code, int age) {
        if (!code.trusted && !code.typed)
            for (var state : code.scopes) {
                state.waiting[code.age] = Math.max(0, state.waiting[code.age] - code.weight);
                state.waiting[age] += code.weight;
            }
        code.age = age;
        waiting.get(age).add(code);
    }

    private void mature(Code code, long now) {
        code.matured = true;
        numbers.settled(code);
        late.add(code);
        conversion.matured(code.ask.country(), code.trusted, code.typed, code.trusted ? 1 : code.weight, now);
        if (code.trusted) return;
        var odds = conversion.odds(code.ask.country(), now);
        for (var state : code.scopes) {
            if (code.typed) state.typed = Math.max(0, state.typed - code.weight);
            else state.waiting[code.age] = Math.max(0, state.waiting[code.age] - code.weight);
            state.add(code.weight * (code.typed ? odds.verified() : odds.untyped()), now);
        }
        code.added = code.weight * (odds.untyped() - odds.verified());
    }
}
