package io.ringcode.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.ServerProcess;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of connections that hardly do anything, against the process as the launcher starts it: others are answered
 * promptly all the time, nobody keeps a place for long, and a signal ends it.
 */
@TestMethodOrder(OrderAnnotation.class)
class SlowConnectionsTest {
    private static final int MANY = 300;
    private static final Duration PROMPTLY = Duration.ofSeconds(8);

    /** Half of what a connection that asks for nothing is given when most places are taken. */
    private static final Duration ALLOWED_PAUSE = Duration.ofSeconds(1);

    @TempDir
    static Path temp;

    private static FakeCarrier carrier;
    private static ServerProcess server;

    private SlowConnections slow;

    @BeforeAll
    static void start() throws Exception {
        carrier = new FakeCarrier();
        server = ServerProcess.asLaunched(ServerProcess.folder(temp), carrier);
        isPrompt();
    }

    @AfterAll
    static void stop() throws Exception {
        server.kill();
        carrier.close();
    }

    @BeforeEach
    void prepare() {
        slow = new SlowConnections(server.port());
    }

    @AfterEach
    void hangUp() throws IOException {
        slow.close();
    }

    @Test
    @Order(1)
    void forms_that_are_announced_and_never_sent() throws Exception {
        slow.open(MANY, "POST /console/first HTTP/1.1", 262_000, "token=xx");
        isPrompt();
        slow.open(MANY / 3, "POST /u/login HTTP/1.1", 16_000, "state=xx");
        slow.open(MANY / 3, "POST /oauth/token HTTP/1.1", 64_000, "grant_ty");
        slow.open(MANY / 3, "POST /receipts/twilio/x HTTP/1.1", 200_000, "Message=");
        isPrompt();
        slow.areClosedWithin(Duration.ofSeconds(30));
    }

    @Test
    @Order(2)
    void headers_and_bodies_that_come_byte_by_byte() throws Exception {
        for (int i = 0; i < MANY; i++) slow.send(slow.open(), "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");
        slow.open(MANY / 3, "POST /authorize HTTP/1.1", 16_000, "client_i");
        isPrompt();
        var end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (slow.count() > 0 && System.nanoTime() < end) {
            Thread.sleep(1000);
            slow.sendToAll("x");
        }
        assertThat(slow.count()).as("still there; the server said %s", server).isZero();
        isPrompt();
    }

    @Test
    @Order(3)
    void answers_that_nobody_takes() throws Exception {
        var request = "GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < MANY; i++) slow.send(slow.open(), request);
        isPrompt();
        hangUp();
        // So many answers that the kernel cannot hold them all: the server itself has to wait.
        for (int i = 0; i < MANY / 3; i++) slow.send(slow.open(), request.repeat(80));
        isPrompt();
        Eventually.holds(
                "an end of those who take nothing",
                Duration.ofSeconds(60),
                () -> SlowConnections.heldBy(server.port()) < MANY / 30);
    }

    @Test
    @Order(4)
    void more_connections_than_there_are_places() throws Exception {
        for (int i = 0; i < 3 * MANY; i++) slow.open();
        isPrompt();
    }

    @Test
    @Order(6)
    void a_signal_ends_it_whatever_hangs() throws Exception {
        slow.open(MANY, "POST /u/login HTTP/1.1", 16_000, "state=xx");
        assertThat(server.terminate(Duration.ofSeconds(35))).hasValue(0);
        assertThat(server.toString()).doesNotContain("OutOfMemoryError");
    }

    /** The median of five, since a busy machine lets anybody wait once. */
    private static void isPrompt() throws IOException {
        var times = new ArrayList<Duration>();
        for (int i = 0; i < 5; i++) {
            var from = System.nanoTime();
            assertThat(server.get("/health/ready", null).status()).isEqualTo(200);
            assertThat(server.post("/oauth/token", null, Map.of("grant_type", "x"))
                            .status())
                    .isEqualTo(403);
            times.add(Duration.ofNanos(System.nanoTime() - from));
        }
        assertThat(times.stream().sorted().toList().get(2)).isLessThan(PROMPTLY);
    }

    @Test
    @Order(5)
    void a_connection_in_use_keeps_its_place_when_most_are_taken() throws Exception {
        var tries = 0;
        while (longestPause() > ALLOWED_PAUSE.toNanos()) {
            assertThat(++tries).as("tries on a machine that is too busy").isLessThan(6);
            hangUp();
        }
    }

    /**
     * Asks fifty times, ten times a second, among more and more who ask nothing.
     *
     * @return nanoseconds; when the connection was closed, it must be more than {@link #ALLOWED_PAUSE}, since only such a pause
     *     may end one
     */
    private long longestPause() throws Exception {
        long longest = 0;
        var from = System.nanoTime();
        try (var kept = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            kept.setSoTimeout(20_000);
            var answers = new BufferedReader(new InputStreamReader(kept.getInputStream(), US_ASCII));
            for (int asked = 0; asked < 50; asked++) {
                if (slow.count() < MANY + MANY / 2) slow.open(MANY / 10, "POST /u/login HTTP/1.1", 16_000, "state=xx");
                var status = statusOfHead(kept, answers);
                longest = Math.max(longest, System.nanoTime() - from);
                if (status == null) {
                    assertThat(Duration.ofNanos(longest)).isGreaterThan(ALLOWED_PAUSE);
                    return longest;
                }
                assertThat(status).startsWith("HTTP/1.1 200");
                for (var header = answers.readLine(); !header.isEmpty(); ) header = answers.readLine();
                from = System.nanoTime();
                Thread.sleep(100);
            }
        }
        return longest;
    }

    /** Null where the connection was closed. */
    private static @Nullable String statusOfHead(Socket connection, BufferedReader answers) throws IOException {
        try {
            connection
                    .getOutputStream()
                    .write("HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            return answers.readLine();
        } catch (SocketException closed) {
            return null;
        }
    }
}
