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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
    private static final Duration PROMPTLY = Duration.ofSeconds(3);

    @TempDir
    static Path temp;

    private static FakeCarrier carrier;
    private static ServerProcess server;

    private final List<SocketChannel> open = new ArrayList<>();

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

    @AfterEach
    void hangUp() throws IOException {
        for (var connection : open) connection.close();
        open.clear();
    }

    @Test
    @Order(1)
    void forms_that_are_announced_and_never_sent() throws Exception {
        open(MANY, "POST /console/first HTTP/1.1", 262_000, "token=xx");
        isPrompt();
        open(MANY / 3, "POST /u/login HTTP/1.1", 16_000, "state=xx");
        open(MANY / 3, "POST /oauth/token HTTP/1.1", 64_000, "grant_ty");
        open(MANY / 3, "POST /receipts/twilio/x HTTP/1.1", 200_000, "Message=");
        isPrompt();
        areClosedWithin(Duration.ofSeconds(30));
    }

    @Test
    @Order(2)
    void headers_and_bodies_that_come_byte_by_byte() throws Exception {
        for (int i = 0; i < MANY; i++) send(open(), "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");
        open(MANY / 3, "POST /authorize HTTP/1.1", 16_000, "client_i");
        isPrompt();
        var end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1000);
            open.removeIf(connection -> !takes(connection, "x"));
        }
        assertThat(open).as("still there").isEmpty();
        isPrompt();
    }

    @Test
    @Order(3)
    void answers_that_nobody_takes() throws Exception {
        var request = "GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < MANY; i++) send(open(), request);
        isPrompt();
        hangUp();
        // So many answers that the kernel cannot hold them all: the server itself has to wait.
        for (int i = 0; i < MANY / 3; i++) send(open(), request.repeat(80));
        isPrompt();
        Eventually.holds("an end of those who take nothing", Duration.ofSeconds(60), () -> held() < MANY / 30);
    }

    /** Connections that the server has open, as the kernel counts them (proc(5): local port in hexadecimal, state 1). */
    private static long held() throws IOException {
        var port = String.format(":%04X", server.port());
        long count = 0;
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6"))
            try (var lines = Files.lines(Path.of(table))) {
                count += lines.map(line -> line.strip().split("\\s+"))
                        .filter(line -> line[1].endsWith(port) && line[3].equals("01"))
                        .count();
            }
        return count;
    }

    @Test
    @Order(4)
    void more_connections_than_there_are_places() throws Exception {
        for (int i = 0; i < 3 * MANY; i++) open();
        isPrompt();
    }

    @Test
    @Order(6)
    void a_signal_ends_it_whatever_hangs() throws Exception {
        open(MANY, "POST /u/login HTTP/1.1", 16_000, "state=xx");
        assertThat(server.terminate(Duration.ofSeconds(35))).hasValue(0);
        assertThat(server.toString()).doesNotContain("OutOfMemoryError");
    }

    private static void isPrompt() throws IOException {
        for (int i = 0; i < 5; i++) {
            var from = System.nanoTime();
            assertThat(server.get("/health/ready", null).status()).isEqualTo(200);
            assertThat(server.post("/oauth/token", null, Map.of("grant_type", "x"))
                            .status())
                    .isEqualTo(403);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PROMPTLY);
        }
    }

    @Test
    @Order(5)
    void a_connection_in_use_keeps_its_place_when_most_are_taken() throws Exception {
        try (var kept = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            kept.setSoTimeout(20_000);
            var answers = new BufferedReader(new InputStreamReader(kept.getInputStream(), US_ASCII));
            open(MANY + MANY / 2, "POST /u/login HTTP/1.1", 16_000, "state=xx");
            var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < end) {
                kept.getOutputStream()
                        .write("HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                assertThat(answers.readLine()).isNotNull().startsWith("HTTP/1.1 200");
                for (var header = answers.readLine(); !header.isEmpty(); ) header = answers.readLine();
                Thread.sleep(100);
            }
        }
    }

    private void open(int connections, String line, int announced, String body) throws IOException {
        var request = line + "\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + announced + "\r\n\r\n" + body;
        for (int i = 0; i < connections; i++) send(open(), request);
    }

    /** Takes little before it stops taking anything. */
    private SocketChannel open() throws IOException {
        var connection = SocketChannel.open();
        connection.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        connection.configureBlocking(false);
        open.add(connection);
        return connection;
    }

    private static void send(SocketChannel connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private void areClosedWithin(Duration time) throws Exception {
        var end = System.nanoTime() + time.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            open.removeIf(SlowConnectionsTest::isClosed);
            Thread.sleep(100);
        }
        assertThat(open).as("still there").isEmpty();
    }

    private static boolean isClosed(SocketChannel connection) {
        try {
            var answer = ByteBuffer.allocate(4096);
            int got;
            do got = connection.read(answer.clear());
            while (got > 0);
            return got < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static boolean takes(SocketChannel connection, String more) {
        if (isClosed(connection)) return false;
        try {
            send(connection, more);
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
