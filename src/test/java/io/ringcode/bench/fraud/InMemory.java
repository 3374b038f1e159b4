package io.ringcode.bench.fraud;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Circumstances;
import io.ringcode.fraud.traffic.Circumstances.AccountAge;
import io.ringcode.fraud.traffic.Circumstances.FormTime;
import io.ringcode.fraud.traffic.MessageRequest;
import io.ringcode.fraud.traffic.Networks;
import io.ringcode.fraud.traffic.Scope;
import io.ringcode.fraud.traffic.Signal;
import io.ringcode.fraud.traffic.TenantTraffic;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The learned rules alone, in memory: for tuning and for leaving signals out, where no database is of interest. */
final class InMemory implements Policy {
    private static final long LIFE = 300_000;
    private static final Map<String, PhoneNumber> PARSED = new HashMap<>();

    private final Set<Signal> signals;
    private final Map<String, TenantTraffic> tenants = new HashMap<>();

    InMemory(Set<Signal> signals) {
        this.signals = signals;
    }

    /** A number that is made up may not be possible by today's plans. The door would refuse it; here the guard is asked all the same. */
    private static PhoneNumber parsed(String e164) {
        try {
            return new PhoneNumber(e164);
        } catch (InvalidPhoneNumber impossible) {
            return PhoneNumber.stored(e164);
        }
    }

    static PhoneNumber number(String e164) {
        return PARSED.computeIfAbsent(e164, InMemory::parsed);
    }

    @Override
    public Decision judge(Event event, boolean passed, long now) {
        var number = number(event.phone());
        var traffic = traffic(event);
        var ask = ask(event, number);
        var proof = passed ? Proof.PASSED : Proof.POSSIBLE;
        var verdict = traffic.judge(ask, new Always(proof), now);
        var reasons = verdict.findings().stream()
                .map(one -> new Reason(one.rule().wire(), one.value(), one.threshold(), one.scope()))
                .toList();
        var answer = verdict.answer() == Answer.CHALLENGE && passed ? Answer.ALLOW : verdict.answer();
        if (answer == Answer.ALLOW) traffic.sent(ask, proof, verdict.probe(), LIFE, now);
        return new Decision(
                Kind.valueOf(answer.name()),
                reasons,
                reasons.isEmpty() ? 0 : verdict.findings().getFirst().until());
    }

    static MessageRequest ask(Event event, PhoneNumber number) {
        var networks = Networks.of(event.ip());
        var region = number.likelyRegion();
        return new MessageRequest(
                UUID.nameUUIDFromBytes(event.session().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                hash("n" + event.phone()),
                hash("a" + event.user()),
                number.e164().substring(0, number.e164().length() - 2),
                region == null ? number.e164().substring(0, 4) : region,
                event.voice(),
                number.isInKnownRange(),
                event.flow() == Event.Flow.SIGN_IN || confirmed.contains(event.session()),
                hash("i" + event.ip()),
                networks == null ? null : hash("w" + networks.near()),
                networks == null || networks.wide() == null ? null : hash("v" + networks.wide()),
                event.asn(),
                isHosting(event),
                new Circumstances(accountAge(event), FormTime.of(formTime(event)), event.price()));
    }

    static boolean isHosting(Event event) {
        return "hosting".equals(event.asnKind()) || "tor".equals(event.asnKind());
    }

    private static AccountAge accountAge(Event event) {
        return AccountAge.of(event.userCreatedAt() == 0 ? null : Duration.ofMillis(event.at() - event.userCreatedAt()));
    }

    /** Of the page on which a number is typed; the other forms are a button each. */
    static @Nullable Duration formTime(Event event) {
        var millis = event.formMillis();
        return millis == null || event.flow() != Event.Flow.ENROLL ? null : Duration.ofMillis(millis);
    }

    private static final Set<String> confirmed = new HashSet<>();

    static void sawSignIn(Event event) {
        if (event.flow() == Event.Flow.SIGN_IN) confirmed.add(event.session());
    }

    private static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) hash = 31 * hash + text.charAt(i);
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 29;
    }

    @Override
    public void typed(Event event, long now) {
        traffic(event).typed(session(event), now);
    }

    @Override
    public void unknownSubscriber(Event event, long now) {
        traffic(event).unknownSubscriber(session(event), now);
    }

    private TenantTraffic traffic(Event event) {
        return tenants.computeIfAbsent(event.tenant(), _ -> new TenantTraffic(signals));
    }

    private static UUID session(Event event) {
        return UUID.nameUUIDFromBytes(event.session().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private record Always(Proof proof) implements Context {
        @Override
        public Map<Long, Long> proved() {
            return Map.of();
        }

        @Override
        public boolean isPermitted(Scope scope) {
            return false;
        }

        @Override
        public boolean isOn(FraudRule rule) {
            return true;
        }
    }
}
