package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.fraud.traffic.Verdict.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of single numbers and accounts: who has typed a code, who never does, who changes numbers. */
final class KnownNumbers {
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

    /** Accounts that may claim a number in a day: a family or a small firm shares one. */
    private static final int NEW_ACCOUNTS = 5;

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

    /** The numbers that one account claimed lately, or the accounts that claimed one number. */
    private static final class Claims {
        final long[] of;
        final long[] at;

        Claims(int most) {
            this.of = new long[most];
            this.at = new long[most];
        }

        void add(long other, long now) {
            int oldest = 0;
            for (int i = 0; i < of.length; i++) {
                if (at[i] != 0 && of[i] == other) return;
                if (at[i] < at[oldest]) oldest = i;
            }
            of[oldest] = other;
            at[oldest] = now;
        }
    }

    private final Recent<Long, Unanswered> unanswered = new Recent<>(MOST);
    private final Recent<Long, Claims> numbersOf = new Recent<>(MOST);
    private final Recent<Long, Claims> accountsOf = new Recent<>(MOST);
    private final Recent<Long, Long> proved = new Recent<>(2 * MOST);

    boolean isProved(MessageRequest ask, long now) {
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
    Finding numberWait(MessageRequest ask, long now) {
        var past = unanswered.get(ask.number());
        if (past == null || now - past.last >= SILENT) return null;
        var atOnce = isProved(ask, now) ? AT_ONCE_IF_PROVED : AT_ONCE;
        if (past.messages < atOnce) return null;
        var next = past.last + (FIRST_WAIT << Math.min((int) past.messages - atOnce, MOST_DOUBLINGS));
        if (now >= next) return null;
        return new Finding(FraudRule.NUMBER_WAIT, "number", "", past.messages, atOnce, Answer.REFUSE, next, false);
    }

    @Nullable
    Finding accountNumbers(MessageRequest ask, long now) {
        if (ask.confirmed() || ask.account() == null) return null;
        var full = fullUntil(numbersOf.get(ask.account()), ask.number(), now);
        return full == 0 ? null : claimed(FraudRule.ACCOUNT_NUMBERS, "account", NEW_NUMBERS, full);
    }

    @Nullable
    Finding numberAccounts(MessageRequest ask, long now) {
        if (ask.confirmed() || ask.account() == null) return null;
        var full = fullUntil(accountsOf.get(ask.number()), ask.account(), now);
        return full == 0 ? null : claimed(FraudRule.NUMBER_ACCOUNTS, "number", NEW_ACCOUNTS, full);
    }

    /** @return when the first claim is a day old; 0 where one more is allowed, or this one is known */
    private static long fullUntil(@Nullable Claims past, long other, long now) {
        if (past == null) return 0;
        long first = Long.MAX_VALUE;
        for (int i = 0; i < past.of.length; i++) {
            if (past.of[i] == other || past.at[i] == 0 || now - past.at[i] >= DAY) return 0;
            first = Math.min(first, past.at[i]);
        }
        return first + DAY;
    }

    private static Finding claimed(FraudRule rule, String scope, int most, long until) {
        return new Finding(rule, scope, "", most + 1, most, Answer.REFUSE, until, false);
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

    void sent(MessageRequest ask, @Nullable Code code, double says, long now) {
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

    void claimed(MessageRequest ask, long now) {
        if (ask.confirmed() || ask.account() == null) return;
        numbersOf.computeIfAbsent(ask.account(), _ -> new Claims(NEW_NUMBERS)).add(ask.number(), now);
        accountsOf.computeIfAbsent(ask.number(), _ -> new Claims(NEW_ACCOUNTS)).add(ask.account(), now);
    }

    void settled(Code code) {
        var past = unanswered.get(code.number);
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
        numbersOf.keep(numbersOf.size() / 2);
        accountsOf.keep(accountsOf.size() / 2);
        proved.keep(proved.size() / 2);
    }

    int size() {
        return unanswered.size() + numbersOf.size() + accountsOf.size() + proved.size();
    }

    void answered(long number) {
        unanswered.remove(number);
    }

    void withdrawn(Code code) {
        var past = unanswered.get(code.number);
        if (past == null) return;
        past.messages = Math.max(0, past.messages - 1);
        if (past.code == code) past.code = null;
        if (past.messages <= 0) unanswered.remove(code.number);
    }
}
