package io.ringcode.bench;

import io.ringcode.bench.Connection.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What applications were answered while something was broken, and what the carrier was given for them. */
final class Ledger {
    /** A code that was answered 200 for. */
    record Spent(String mfaToken, String oobCode, String code) {}

    /** A connection that was refused or broke, or an answer that did not come. */
    static final String NONE = "none";

    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Spent> spent = new ConcurrentLinkedQueue<>();
    private final Moments successes = new Moments();

    /** What becomes of a code that was answered 200 for. */
    enum End {
        SPENT,
        /** Spent by a guess whose answer was lost. */
        SPENT_UNTOLD,
        /** The carrier was never given it. */
        UNSENT,
        /** The server does not know it. */
        UNKNOWN,
        /** Two guesses were right. */
        TWICE
    }

    /** A phone, for one sign-in. */
    static final class Phone {
        private final AtomicInteger asked = new AtomicInteger();
        private final List<String> codes = new CopyOnWriteArrayList<>();

        void asked() {
            asked.incrementAndGet();
        }

        List<String> codes() {
            return codes;
        }

        /** Messages beyond one for each request, whatever that was answered. */
        private int tooMany() {
            return Math.max(0, codes.size() - asked.get());
        }
    }

    Phone phone(String number) {
        return phones.computeIfAbsent(number, _ -> new Phone());
    }

    /** Messages of an earlier event's people are not counted. */
    void carried(String number, String code) {
        var phone = phones.get(number);
        if (phone != null) phone.codes().add(code);
    }

    void answered(Answer answer) {
        var ours = answer.body().startsWith("{");
        count(answers, answer.status() + (ours ? "" : " of the proxy"));
        if (ours && answer.status() != 200 && answer.status() != 503)
            count(failures, answer.status() + " " + answer.body().replaceAll("[0-9]+", "#"));
        if (answer.status() == 200) successes.add();
    }

    void broken(IOException failure) {
        count(answers, NONE);
        count(failures, failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    Map<String, Integer> failures() {
        return sorted(failures);
    }

    void ended(End end) {
        count(ends, end.name());
    }

    void ended(Spent code) {
        spent.add(code);
        ended(End.SPENT);
    }

    private static void count(Map<String, AtomicInteger> counts, String what) {
        counts.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
    }

    Map<String, Integer> answers() {
        return sorted(answers);
    }

    private static Map<String, Integer> sorted(Map<String, AtomicInteger> counts) {
        var all = new TreeMap<String, Integer>();
        counts.forEach((what, count) -> all.put(what, count.get()));
        return all;
    }

    int count(End end) {
        var count = ends.get(end.name());
        return count == null ? 0 : count.get();
    }

    int codes() {
        return ends.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int messagesTwice() {
        return phones.values().stream().mapToInt(Phone::tooMany).sum();
    }

    List<Spent> spent() {
        return List.copyOf(spent);
    }

    Moments successes() {
        return successes;
    }
}
