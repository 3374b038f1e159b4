package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.fraud.traffic.Verdict.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of single numbers and accounts: who has typed a code, who never does, who changes numbers. */
final class Numbers {
    private static final int MOST = 50_000;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long TRUSTED = Duration.ofDays(90).toMillis();

    /** Messages in a row that go to a number at once although none of their codes was typed. */
    private static final int AT_ONCE = 5;
    /** The same for a number or account that has typed a code lately. */
    private static final int AT_ONCE_IF_PROVED = 8;
    /** Then the next waits so long, and each further one twice as long. */
    private static final long FIRST_WAIT = Duration.ofMinutes(5).toMillis();

    private static final int MOST_DOUBLINGS = 7;
    /** A silent number's messages are forgotten after so long. */
    private static final long SILENT = Duration.ofHours(12).toMillis();

    /** Numbers that an account may claim in a day: a person mistypes one, and then another. */
    private static final int NEW_NUMBERS = 3;

    private static final class Unanswered {
        /** Less than 1 each while codes do not arrive. */
        double messages;

        long last;
        boolean changed;
        /** What happened until then was stored, and is here already. */
        long storedAt = Long.MIN_VALUE;

        long counted;

        @Nullable
        Code code;
    }

    private static final class Claims {
        final long[] numbers = new long[NEW_NUMBERS];
        final long[] at = new long[NEW_NUMBERS];
    }

    private final Recent<Long, Unanswered> unanswered = new Recent<>(MOST);
    private final Recent<Long, Claims> claims = new Recent<>(MOST);
    private final Recent<Long, Long> proved = new Recent<>(2 * MOST);

    boolean isProved(Ask ask, long now) {
        return isProved(ask.number(), now) || (ask.account() != null && isProved(ask.account(), now));
    }

    private boolean isProved(Long subject, long now) {
        var at = proved.get(subject);
        return at != null && now - at < TRUSTED;
    }

    /** @return whether that is news to be stored: a subject is stored once a day */
    boolean proved(long subject, long now) {
        var before = proved.get(subject);
        if (before != null && now - before < DAY) return false;
        proved.put(subject, now);
        return true;
    }

    @Nullable
    Finding numberWait(Ask ask, long now) {
        var past = unanswered.get(ask.number());
        if (past == null || now - past.last >= SILENT) return null;
        var atOnce = isProved(ask, now) ? AT_ONCE_IF_PROVED : AT_ONCE;
        if (past.messages < atOnce) return null;
        var next = past.last + (FIRST_WAIT << Math.min((int) past.messages - atOnce, MOST_DOUBLINGS));
        if (now >= next) return null;
        return new Finding(FraudRule.NUMBER_WAIT, "number", "", past.messages, atOnce, Answer.REFUSE, next, false);
    }

    @Nullable
    Finding accountNumbers(Ask ask, long now) {
        if (ask.confirmed() || ask.account() == null) return null;
        var past = claims.get(ask.account());
        if (past == null) return null;
        long first = Long.MAX_VALUE;
        for (int i = 0; i < NEW_NUMBERS; i++) {
            if (past.numbers[i] == ask.number() || past.at[i] == 0 || now - past.at[i] >= DAY) return null;
            first = Math.min(first, past.at[i]);
        }
        return new Finding(
                FraudRule.ACCOUNT_NUMBERS,
                "account",
                "",
                NEW_NUMBERS + 1,
                NEW_NUMBERS,
                Answer.REFUSE,
                first + DAY,
                false);
    }

    /** The code of the number whose fate is not settled; null for none. */
    @Nullable
    Code waiting(long number) {
        var past = unanswered.get(number);
        return past == null ? null : past.code;
    }

    /** Whether the number has been counted lately as one that does not answer, so that it counts once and not for each message. */
    boolean isCounted(long number, long now) {
        var past = unanswered.get(number);
        return past != null && past.counted != 0 && now - past.counted < DAY / 4;
    }

    void sent(Ask ask, @Nullable Code code, double says, long now) {
        var past = unanswered.computeIfAbsent(ask.number(), _ -> new Unanswered());
        if (now - past.last >= SILENT) past.messages = 0;
        if (now > past.storedAt) past.messages += says;
        past.changed = true;
        past.last = now;
        if (code != null) {
            past.code = code;
            past.counted = now;
        }
    }

    void claimed(Ask ask, long now) {
        if (!ask.confirmed() && ask.account() != null) claim(ask.account(), ask.number(), now);
    }

    private void claim(Long account, long number, long now) {
        var past = claims.computeIfAbsent(account, _ -> new Claims());
        int oldest = 0;
        for (int i = 0; i < NEW_NUMBERS; i++) {
            if (past.at[i] != 0 && past.numbers[i] == number) return;
            if (past.at[i] < past.at[oldest]) oldest = i;
        }
        past.numbers[oldest] = number;
        past.at[oldest] = now;
    }

    void settled(Code code) {
        var past = unanswered.get(code.ask.number());
        if (past != null && past.code == code) past.code = null;
    }

    /** Numbers that come near to waiting, as they are stored. */
    Map<Long, double[]> changed(long now) {
        var changed = new HashMap<Long, double[]>();
        unanswered.forEach((number, past) -> {
            if (past.changed && past.messages >= AT_ONCE - 1 && now - past.last < SILENT)
                changed.put(number, new double[] {past.messages});
            past.changed = false;
        });
        return changed;
    }

    void restore(long number, double[] sums, long at) {
        var past = unanswered.computeIfAbsent(number, _ -> new Unanswered());
        past.messages += sums[0];
        past.storedAt = at;
        past.last = Math.max(past.last, at);
        past.counted = past.last;
    }

    void halve() {
        unanswered.keep(unanswered.size() / 2);
        claims.keep(claims.size() / 2);
        proved.keep(proved.size() / 2);
    }

    int size() {
        return unanswered.size() + claims.size() + proved.size();
    }

    void answered(long number) {
        unanswered.remove(number);
    }

    void withdrawn(Code code) {
        var past = unanswered.get(code.ask.number());
        if (past == null) return;
        past.messages = Math.max(0, past.messages - 1);
        if (past.code == code) past.code = null;
        if (past.messages <= 0) unanswered.remove(code.ask.number());
    }
}
