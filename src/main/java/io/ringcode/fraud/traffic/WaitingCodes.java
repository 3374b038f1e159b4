package io.ringcode.fraud.traffic;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codes of one tenant whose fate is not settled, so many at most, in the order of their sending. */
final class WaitingCodes {
    /** Some 9 MB; a hundred a second of a tenant. Of more the guard learns nothing. */
    static final int MOST = 40_000;
    /** A code that is typed so late is still told apart from one that is not. */
    static final long LATE = Duration.ofMinutes(10).toMillis();

    /** What becomes of codes. */
    interface Fate {
        void older(Code code, int age);

        void over(Code code, long now);

        /** It is not waited for any more, as though it had not been sent. */
        void dropped(Code code);
    }

    private final Fate fate;
    private final Map<UUID, Code> bySession = new HashMap<>();
    private final List<ArrayDeque<Code>> byAge = new ArrayList<>();
    /** Codes that were asked for again, whose life was made longer by it. */
    private final List<Code> renewed = new ArrayList<>();

    private final ArrayDeque<Code> over = new ArrayDeque<>();

    WaitingCodes(Fate fate) {
        this.fate = fate;
        for (int age = 0; age < Age.COUNT; age++) byAge.add(new ArrayDeque<>());
    }

    boolean isFull() {
        return bySession.size() >= MOST;
    }

    void add(@Nullable UUID session, Code code) {
        byAge.getFirst().add(code);
        know(session, code);
    }

    void know(@Nullable UUID session, Code code) {
        if (session == null || bySession.put(session, code) == code) return;
        code.add(session);
    }

    @Nullable
    Code find(UUID session) {
        return bySession.get(session);
    }

    void forget(Code code) {
        for (var session : code.sessions()) bySession.remove(session, code);
    }

    void advance(long now) {
        for (int age = 0; age + 1 < Age.COUNT; age++) {
            var queue = byAge.get(age);
            var next = Age.from(age + 1);
            for (var code = queue.peek(); code != null && now - code.sentAt >= next; code = queue.peek()) {
                queue.poll();
                if (isDone(code)) continue;
                fate.older(code, age + 1);
                byAge.get(age + 1).add(code);
            }
        }
        var last = byAge.getLast();
        for (var code = last.peek(); code != null && now - code.sentAt >= code.life; code = last.peek()) {
            last.poll();
            if (isDone(code)) continue;
            if (code.over > now) renewed.add(code);
            else end(code, now);
        }
        if (!renewed.isEmpty())
            renewed.removeIf(code -> {
                if (isDone(code)) return true;
                if (code.over <= now) end(code, now);
                return code.isSettled();
            });
        for (var code = over.peek(); code != null && now - code.sentAt >= LATE; code = over.peek()) forget(over.poll());
    }

    /** Whether a code's fate is settled before its life is over; it is not looked for any more then. */
    private boolean isDone(Code code) {
        if (!code.isSettled()) return false;
        if (!code.matured) forget(code);
        return true;
    }

    /** The code's life is over. */
    void end(Code code, long now) {
        code.matured = true;
        if (code.typed) forget(code);
        else over.add(code);
        fate.over(code, now);
    }

    /** Drops the oldest ones, down to so many. */
    void keep(int most) {
        while (bySession.size() > most && !over.isEmpty()) forget(over.poll());
        for (var queue : byAge.reversed())
            while (bySession.size() > most && !queue.isEmpty()) {
                var code = queue.poll();
                forget(code);
                if (!code.isSettled()) fate.dropped(code);
            }
    }

    int size() {
        return bySession.size();
    }
}
