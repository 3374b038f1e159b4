package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.CrashLoad.Done;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 200 holds, whatever process is killed when. */
class CrashTest {
    private static final int KILLS = 6;
    private static final int THREADS = 6;
    private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);

    /** A carrier that did not answer is given the message again after 20, 40 and 80 s. */
    private static final Duration AFTER_NO_ANSWER = Duration.ofSeconds(160);

    private enum Victim {
        SERVER,
        POSTGRES,
        BOTH
    }

    /** By number, the codes that the carrier took responsibility for. */
    private final ConcurrentHashMap<String, Set<String>> accepted = new ConcurrentHashMap<>();

    private final AtomicLong asked = new AtomicLong();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final FakeCarrier carrier = new FakeCarrier();
    private final Random random = new Random();

    @TempDir
    Path temp;

    @Test
    @Timeout(420)
    void what_was_acknowledged_survives_every_kill() throws Exception {
        carrier.usually(this::moody);
        var folder = ServerProcess.folder(temp);
        var load = new CrashLoad(carrier, CrashLoad.People.in(folder, carrier));
        var server = ServerProcess.start(folder, carrier, CrashLoad.QUICK);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                var victim = Victim.values()[kill % Victim.values().length];
                var running = server;
                var before = load.done().size();
                var enough = before + 5 + random.nextInt(30);
                try (var threads = Executors.newFixedThreadPool(THREADS)) {
                    for (int thread = 0; thread < THREADS; thread++) threads.execute(() -> load.run(running));
                    Eventually.holds("acknowledged work", () -> load.done().size() >= enough);
                    var postgresGone = victim == Victim.SERVER ? NOTHING : running.killPostgres();
                    if (victim != Victim.POSTGRES) running.kill();
                    load.pause();
                    postgresGone.join();
                }
                if (victim != Victim.POSTGRES) server = ServerProcess.start(folder, carrier, CrashLoad.QUICK);
                Eventually.holds("a server after the loss of " + victim, server::isReady);
                var done = load.done().subList(before, load.done().size());
                for (var fact : done)
                    assertThat(holds(server, load, fact))
                            .as(victim + ": " + fact)
                            .isTrue();
                load.resume();
            }
            var sent = load.done().stream().filter(Done.Sent.class::isInstance).toList();
            assertThat(sent).hasSizeGreaterThan(5 * KILLS);
            for (var fact : sent)
                Eventually.holds(
                        "the carrier's acceptance of " + fact, AFTER_NO_ANSWER, () -> arrived(load, (Done.Sent) fact));
            assertThat(verifyLog(folder)).contains(": whole, ").doesNotContain("WRONG");
        } finally {
            server.stop();
            carrier.close();
        }
    }

    /** As an operator runs it beside the server: its exit status would be another if a line was missing. */
    private static String verifyLog(Path folder) throws Exception {
        var command = ServerProcess.command("verify-log", "--data", folder.toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment().put("RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** A code that was read has arrived, though its carrier did not answer. */
    private boolean arrived(CrashLoad load, Done.Sent sent) {
        var codes = new HashSet<>(load.read(sent.number()));
        codes.addAll(accepted.getOrDefault(sent.number(), Set.of()));
        return codes.size() >= sent.texts();
    }

    private static boolean holds(ServerProcess server, CrashLoad load, Done fact) throws Exception {
        return switch (fact) {
            case Done.Sent _ -> true; // The carrier is asked in the end.
            case Done.Confirmed(var user) ->
                server.get("/mfa/authenticators", load.mfaToken(user))
                        .body()
                        .toString()
                        .contains("\"authenticator_type\":\"oob\",\"type\":\"phone\",\"active\":true");
            case Done.Spent(var login, var oobCode, var code) ->
                load.verify(server, login, oobCode, code).error().equals("401 expired_token: oob_code is expired");
            case Done.Refreshable(var token) ->
                load.refresh(server, token).status() == 200
                        && load.refresh(server, token).status() == 403;
        };
    }

    /** Takes most messages at once; is overloaded, slow or rude at times, but not to the same message twice. */
    private CarrierReply moody(CarrierRequest request) {
        // The server was killed while it wrote: nobody promised anything for half a request.
        if (FakeCarrier.findCode(request).isEmpty()) return new CarrierReply.Reset();
        var fresh = known.add(request.field("To") + request.field("Body"));
        return switch (fresh ? (int) (asked.incrementAndGet() % 10) : 0) {
            case 3 -> CarrierReply.twilioError(503, 20503);
            case 6 -> new CarrierReply.Reset();
            case 8 -> new CarrierReply.After(java.time.Duration.ofSeconds(1), CarrierReply.twilioError(500, 20500));
            default -> {
                accepted.computeIfAbsent(request.field("To"), _ -> ConcurrentHashMap.newKeySet())
                        .add(FakeCarrier.code(request));
                yield carrier.twilioAccepts(request);
            }
        };
    }
}
