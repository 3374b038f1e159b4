package io.ringcode.bench;

import io.ringcode.bench.Connection.Answer;
import io.ringcode.bench.Ledger.End;
import io.ringcode.bench.Ledger.Phone;
import io.ringcode.bench.Ledger.Spent;
import io.ringcode.bench.Tenant.SignIn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An application that asks again where it was answered 503 or not at all, at another server and a second later, as
 * {@code Retry-After} says. For a code that was promised it goes on for a minute; every tenth code is typed twice at once.
 */
final class InsistentUser implements User {
    private static final int TRIES_FOR_A_CODE = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TWICE_AT_ONCE = 10;

    private static final AtomicInteger TURNS = new AtomicInteger();

    private final Tenant tenant;
    private final Ledger ledger;
    private final List<Integer> ports;
    private final List<@Nullable MfaApi> servers = new ArrayList<>();
    private int turn = TURNS.getAndIncrement();

    /** @param ports of servers, or of the proxy before them */
    InsistentUser(Tenant tenant, Ledger ledger, List<Integer> ports) {
        this.tenant = tenant;
        this.ledger = ledger;
        this.ports = ports;
        for (var _ : ports) servers.add(null);
    }

    private interface Request {
        Answer to(MfaApi server) throws IOException;
    }

    @Override
    public long[] ceremony() throws Exception {
        var person = tenant.signIn(java.util.Set.of());
        var phone = ledger.phone(person.number());
        var start = System.nanoTime();
        var oobCode = code(person, phone);
        var promised = System.nanoTime();
        type(person, oobCode, phone);
        return new long[] {promised - start, System.nanoTime() - promised};
    }

    /** @return the oob_code */
    private String code(SignIn person, Phone phone) throws InterruptedException {
        for (int i = 0; i < TRIES_FOR_A_CODE; i++) {
            phone.asked();
            var answer = ask(next(), server -> server.askForCode(person.mfaToken()));
            if (answer != null && answer.status() == 200) return answer.text("oob_code");
            if (answer != null) Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("gave up, since no code was to be had");
    }

    private void type(SignIn person, String oobCode, Phone phone) throws InterruptedException {
        var until = System.nanoTime() + LONGEST.toNanos();
        while (phone.codes().isEmpty()) {
            if (System.nanoTime() > until) {
                ledger.ended(End.UNSENT);
                return;
            }
            Thread.sleep(20);
        }
        var typed = new Spent(person.mfaToken(), oobCode, phone.codes().getLast());
        var doubtful = false;
        while (System.nanoTime() < until) {
            var answers = turn % TWICE_AT_ONCE == 0 ? twice(typed) : once(typed);
            var right = answers.stream()
                    .filter(answer -> answer != null && answer.status() == 200)
                    .count();
            doubtful |= answers.stream().anyMatch(answer -> answer == null || answer.status() >= 500);
            if (right > 1) ledger.ended(End.TWICE);
            else if (right == 1) ledger.ended(typed);
            else if (answers.stream().anyMatch(answer -> answer != null && answer.status() < 500))
                ledger.ended(doubtful ? End.SPENT_UNTOLD : End.UNKNOWN);
            else {
                Thread.sleep(PAUSE);
                continue;
            }
            return;
        }
        ledger.ended(End.UNKNOWN);
    }

    private List<@Nullable Answer> once(Spent typed) {
        return Collections.singletonList(ask(next(), server -> guess(server, typed)));
    }

    private List<@Nullable Answer> twice(Spent typed) {
        var one = next();
        var other = (one + 1) % ports.size();
        var beside = CompletableFuture.supplyAsync(
                () -> ask(other, server -> guess(server, typed)),
                task -> Thread.ofVirtual().start(task));
        var answers = new ArrayList<@Nullable Answer>();
        answers.add(ask(one, server -> guess(server, typed)));
        answers.add(beside.join());
        return answers;
    }

    static Answer guess(MfaApi server, Spent typed) throws IOException {
        return server.guess(typed.mfaToken(), typed.oobCode(), typed.code());
    }

    private int next() {
        return turn++ % ports.size();
    }

    /** @return null where there was no answer */
    private @Nullable Answer ask(int which, Request request) {
        try {
            var server = servers.get(which);
            if (server == null) server = new MfaApi(tenant, ports.get(which));
            servers.set(which, server);
            var answer = request.to(server);
            ledger.answered(answer);
            return answer;
        } catch (IOException broken) {
            ledger.broken(broken);
            close(which);
            return null;
        }
    }

    private void close(int which) {
        try {
            var server = servers.set(which, null);
            if (server != null) server.close();
        } catch (IOException closed) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < ports.size(); i++) close(i);
    }
}
