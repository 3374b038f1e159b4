package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Wrong codes only: everybody is sent a code, and then guesses at it, so few times that nobody is locked. */
final class WrongCodes {
    private static final int PEOPLE = Integer.getInteger("ringcode.bench.people", 2 * Tenant.PEOPLE);
    /** Of a code; an authenticator has ten. */
    private static final int TRIES = 5;

    private static final Duration WINDOW = Times.window(20);

    private record Sent(String mfaToken, String oobCode, String wrong) {}

    private final List<Sent> codes;
    private final AtomicLong next = new AtomicLong();

    private WrongCodes(List<Sent> codes) {
        this.codes = codes;
    }

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, PEOPLE);
            try (var server = bed.start("server", Map.of())) {
                var right = bed.signIns("ceremonies", tenant, Set.of(), server);
                bed.closed(right, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                Report.progress("sends " + PEOPLE + " codes");
                var wrong = new WrongCodes(sent(tenant, bed.carrier(), server));
                var subject = bed.of("wrong codes", List.of(server), () -> wrong.new Guesser(tenant, server.port()));
                var measured = bed.closed(subject, ClosedLoop.USERS, Times.RAMP, WINDOW);
                Report.rows(List.of(Report.Row.of("wrong codes, " + ClosedLoop.USERS + " users", measured)));
            }
        }
    }

    private static List<Sent> sent(Tenant tenant, LeanCarrier carrier, ServerProcess server) throws Exception {
        Callable<List<Sent>> share = () -> {
            var codes = new ArrayList<Sent>();
            try (var application = new MfaApi(tenant, server.port())) {
                for (int i = 0; i < PEOPLE / ClosedLoop.USERS; i++) {
                    var person = tenant.signIn(Set.of());
                    var oobCode = application.challenge(person.mfaToken());
                    codes.add(new Sent(person.mfaToken(), oobCode, another(carrier.take(person.number()))));
                }
            }
            return codes;
        };
        var codes = new ArrayList<Sent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shares = new ArrayList<Callable<List<Sent>>>();
            for (int i = 0; i < ClosedLoop.USERS; i++) shares.add(share);
            for (var done : threads.invokeAll(shares)) codes.addAll(done.get());
        }
        return codes;
    }

    private static String another(String code) {
        return code.substring(1) + (code.charAt(0) == '0' ? '1' : '0');
    }

    private final class Guesser implements User {
        private final MfaApi application;

        Guesser(Tenant tenant, int port) throws IOException {
            this.application = new MfaApi(tenant, port);
        }

        @Override
        public long[] ceremony() throws IOException {
            var turn = next.getAndIncrement();
            if (turn >= (long) TRIES * codes.size())
                throw new IllegalStateException("the tries were used up before the end of the window");
            var code = codes.get((int) (turn % codes.size()));
            var start = System.nanoTime();
            var answer = application.guess(code.mfaToken(), code.oobCode(), code.wrong());
            if (answer.status() != 403 || !answer.body().contains("Invalid binding_code"))
                throw new IllegalStateException("/oauth/token: " + MfaApi.said(answer));
            return new long[] {System.nanoTime() - start};
        }

        @Override
        public void close() throws IOException {
            application.close();
        }
    }
}
