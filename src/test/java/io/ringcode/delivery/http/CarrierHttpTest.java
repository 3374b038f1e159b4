package io.ringcode.delivery.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ringcode.LocalTls;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.DeliverySettings;
import io.ringcode.trace.Tracing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every carrier's requests go through; {@code CarrierContract} has what an adapter makes of it. */
@Timeout(30)
class CarrierHttpTest {
    private static final int CONCURRENCY = 2;

    private final FakeCarrier carrier = new FakeCarrier();
    private final FakeCarrier other = new FakeCarrier();
    private final CarrierHttp http = client(Duration.ofSeconds(20), CONCURRENCY);

    @TempDir
    private Path folder;

    private static CarrierHttp client(Duration timeout, int concurrency) {
        try {
            return client(timeout, concurrency, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static CarrierHttp client(Duration timeout, int concurrency, SSLContext tls) {
        var usual = Duration.ofMillis(500);
        var connect = usual.compareTo(timeout) < 0 ? usual : timeout;
        return new CarrierHttp(
                new DeliverySettings(
                        connect, timeout, concurrency, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ZERO),
                Map.of(),
                tls,
                Tracing.OFF);
    }

    @AfterEach
    void close() {
        http.destroy();
        carrier.close();
        other.close();
    }

    private CarrierAnswer post(URI to) throws IOException {
        return http.post(to, CarrierHttp.FORM, Map.of("Authorization", "Basic eDp5"), "To=%2B1&Body=x");
    }

    @Test
    void a_carrier_sees_the_request_and_nothing_of_the_client() throws Exception {
        var at = URI.create(carrier.baseUrl() + "/a%20b/c?d=e%2Ff");
        assertThat(post(at).status()).isEqualTo(201);
        var asked = carrier.requests().getLast();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/a%20b/c?d=e%2Ff");
        assertThat(asked.body()).isEqualTo("To=%2B1&Body=x");
        assertThat(asked.headers())
                .containsEntry("content-type", CarrierHttp.FORM)
                .containsEntry("authorization", "Basic eDp5")
                .containsEntry("host", at.getAuthority())
                .containsOnlyKeys(
                        "content-type", "authorization", "host", "content-length", "connection", "user-agent");
        http.get(at, Map.of());
        assertThat(carrier.requests().getLast().headers()).containsOnlyKeys("host", "connection", "user-agent");
    }

    @Test
    void a_crowd_at_one_carrier_takes_no_connection_of_another() throws Exception {
        carrier.usually(new CarrierReply.Hang());
        var crowd = Connections.ACCOUNTS * CONCURRENCY;
        var hanging = Stream.generate(this::hanging).limit(crowd).toList();
        while (carrier.count() < crowd) Thread.onSpinWait();
        assertThatThrownBy(() -> post(carrier.baseUrl()))
                .as("nothing was sent, so it may be sent by another")
                .isInstanceOf(HttpConnectTimeoutException.class);
        assertThat(post(other.baseUrl()).status()).isEqualTo(201);
        assertThat(carrier.count()).isEqualTo(crowd);
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }

    private CompletableFuture<Void> hanging() {
        var ended = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try {
                post(carrier.baseUrl());
            } catch (IOException closed) {
                ended.completeExceptionally(closed);
            }
        });
        return ended;
    }

    @Test
    void whoever_is_interrupted_waits_no_longer() throws Exception {
        carrier.next(new CarrierReply.Hang());
        var ended = new CompletableFuture<Exception>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                post(carrier.baseUrl());
            } catch (IOException stopped) {
                ended.complete(Thread.currentThread().isInterrupted() ? stopped : null);
            }
        });
        while (carrier.count() == 0) Thread.onSpinWait();
        waiting.interrupt();
        assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
    }

    /** From before a connection is there until after the answer, a step of 25 µs at a time. */
    @Test
    void a_deadline_is_told_as_one_wherever_it_comes() throws Exception {
        for (int step = 1; step <= 60; step++) {
            var hurried = client(Duration.ofNanos(step * 25_000L), 1);
            try {
                for (int times = 0; times < 20; times++) {
                    try {
                        hurried.post(other.baseUrl(), CarrierHttp.FORM, Map.of(), "x");
                    } catch (HttpTimeoutException told) {
                        assertThat(told).hasMessageMatching("No (connection|whole answer) in time");
                    }
                }
            } finally {
                hurried.destroy();
            }
        }
    }

    @Test
    void an_answer_has_a_deadline_and_its_connection_goes_with_it() throws Exception {
        var hurried = client(Duration.ofMillis(500), 1);
        try {
            carrier.next(new CarrierReply.Drip(Duration.ofMillis(50)), new CarrierReply.Hang());
            for (int times = 0; times < 2; times++)
                assertThatThrownBy(() -> hurried.get(carrier.baseUrl(), Map.of()))
                        .isInstanceOf(HttpTimeoutException.class)
                        .isNotInstanceOf(HttpConnectTimeoutException.class);
            assertThat(hurried.get(carrier.baseUrl(), Map.of()).status())
                    .as("the only connection there may be")
                    .isEqualTo(201);
        } finally {
            hurried.destroy();
        }
    }

    /** As carriers do that close idle connections: without a word in the answer before. */
    @Test
    void a_connection_that_the_carrier_closed_is_not_sent_on() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);
        try (var closing = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                while (true)
                    try (var socket = closing.accept()) {
                        if (socket.getInputStream().read(new byte[8192]) < 0) continue;
                        socket.getOutputStream().write(answer);
                    } catch (IOException over) {
                        return;
                    }
            });
            var at = URI.create("http://127.0.0.1:" + closing.getLocalPort() + "/");
            for (int times = 0; times < 3; times++) {
                assertThat(http.get(at, Map.of()).status()).isEqualTo(200);
                Thread.sleep(Connections.TRUSTED.plusMillis(50));
            }
        }
    }

    @Test
    void tls_is_checked_against_the_name_and_who_vouches_for_it() throws Exception {
        var keys = LocalTls.made(folder);
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(keys));
        https.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        https.start();
        var trusting = client(Duration.ofSeconds(5), 2, keys);
        try {
            var port = https.getAddress().getPort();
            assertThat(trusting.get(URI.create("https://localhost:" + port + "/"), Map.of())
                            .status())
                    .isEqualTo(204);
            assertThatThrownBy(() -> trusting.get(URI.create("https://127.0.0.1:" + port + "/"), Map.of()))
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> http.get(URI.create("https://localhost:" + port + "/"), Map.of()))
                    .as("an authority that Java does not know")
                    .isInstanceOf(SSLException.class);
        } finally {
            trusting.destroy();
            https.stop(0);
        }
    }

    @Test
    void silence_before_tls_counts_as_no_connection() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> http.get(URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/"), Map.of()))
                    .isInstanceOf(HttpConnectTimeoutException.class);
        }
    }
}
