package io.ringcode.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ringcode.LocalTls;
import io.ringcode.server.settings.Destination;
import io.ringcode.trace.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a request to a typed address may end, over loopback alone. */
class GuardedHttpTest {
    private static final GuardedHttp.Limits LIMITS = new GuardedHttp.Limits(Duration.ofSeconds(5), 1000);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server = started();

    @TempDir
    private Path folder;

    private HttpServer started() {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", exchange -> {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(exchange.getRequestBody().readAllBytes());
                exchange.close();
            });
            return made;
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static GuardedHttp permitting(int... ports) {
        var named = java.util.Arrays.stream(ports)
                .mapToObj(port -> new Destination(InetAddress.ofLiteral("127.0.0.1"), 32, port))
                .toList();
        return new GuardedHttp(
                new GuardedSockets(
                        new Dialer(new AddressPolicy(named)), (SSLSocketFactory) SSLSocketFactory.getDefault()),
                Tracing.OFF);
    }

    @Test
    void this_machine_is_refused_by_any_name_before_anything_is_sent() {
        var http = permitting();
        for (var host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"))
            assertThatThrownBy(() -> http.get(URI.create("http://" + host + ":" + port() + "/"), LIMITS))
                    .as(host)
                    .isInstanceOf(Dialer.Refused.class)
                    .hasMessageContaining("RINGCODE_REACHABLE");
        assertThat(http.refuses(URI.create("https://[fe80::1]/"))).isTrue();
        assertThat(http.refuses(URI.create("https://169.254.169.254/latest"))).isTrue();
        assertThat(http.refuses(URI.create("https://LOCALHOST/"))).isTrue();
        assertThat(http.refuses(URI.create("https://8.8.8.8/"))).isFalse();
        assertThat(http.refuses(URI.create("https://keys.example.com/"))).isFalse();
        assertThat(asked).hasValue(0);
    }

    @Test
    void what_the_operator_names_is_reached_with_the_whole_request() throws Exception {
        var uri = URI.create("http://localhost:" + port() + "/x?y=1");
        var answer = permitting(port()).post(uri, Map.of("Content-Type", "text/plain"), "grüße", LIMITS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("grüße");
    }

    @Test
    void a_redirect_is_judged_like_the_first_address() throws Exception {
        var inner = started();
        inner.start();
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://127.0.0.1:" + inner.getAddress().getPort() + "/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/near", exchange -> {
            exchange.getResponseHeaders().add("Location", "/here");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().add("Location", "/round");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        try {
            var http = permitting(port());
            var base = "http://127.0.0.1:" + port();
            assertThatThrownBy(() -> http.get(URI.create(base + "/away"), LIMITS))
                    .isInstanceOf(Dialer.Refused.class);
            assertThat(asked).hasValue(0);
            assertThat(http.get(URI.create(base + "/near"), LIMITS).status()).isEqualTo(200);
            assertThatThrownBy(() -> http.get(URI.create(base + "/round"), LIMITS))
                    .hasMessageContaining("Redirected more than 3 times");
        } finally {
            inner.stop(0);
        }
    }

    @Test
    void an_answer_is_bounded_in_size_and_time() throws Exception {
        var http = permitting(port());
        var uri = URI.create("http://127.0.0.1:" + port() + "/");
        assertThatThrownBy(() -> http.post(uri, Map.of(), "x".repeat(1001), LIMITS))
                .hasMessageContaining("more than 1000 bytes");
        try (var silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            var slow = permitting(silent.getLocalPort());
            var address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> slow.get(address, new GuardedHttp.Limits(Duration.ofMillis(200), 10)))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void tls_is_made_for_the_name_and_checked_against_it() throws Exception {
        var keys = LocalTls.made(folder);
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(keys));
        https.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        https.start();
        try {
            var port = https.getAddress().getPort();
            var policy = new AddressPolicy(List.of(new Destination(InetAddress.ofLiteral("127.0.0.1"), 32, port)));
            var http = new GuardedHttp(new GuardedSockets(new Dialer(policy), keys.getSocketFactory()), Tracing.OFF);
            assertThat(http.get(URI.create("https://localhost:" + port + "/"), LIMITS)
                            .status())
                    .isEqualTo(204);
            assertThatThrownBy(() -> http.get(URI.create("https://127.0.0.1:" + port + "/"), LIMITS))
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> permitting(port).get(URI.create("https://localhost:" + port + "/"), LIMITS))
                    .as("an authority that Java does not know")
                    .isInstanceOf(SSLException.class);
        } finally {
            https.stop(0);
        }
    }
}
