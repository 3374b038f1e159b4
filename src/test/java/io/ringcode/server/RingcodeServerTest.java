package io.ringcode.server;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.storage.MasterKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RingcodeServerTest {
    @TempDir
    static Path temp;

    private static RingcodeServer server;

    @BeforeAll
    static void start() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
        server = RingcodeServer.start(settings("one", Map.of(), "--dev", "--tls", "--tls-port", "0"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void it_tells_that_it_is_ready_and_nothing_else() throws Exception {
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(server, "/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(server, "/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void its_metrics_hold_no_path_and_no_address() throws Exception {
        var metrics = get(server, "/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("hikaricp_connections").doesNotContain(temp.toString(), "jdbc:");
    }

    @Test
    void no_other_endpoint_of_the_actuator_is_open() throws Exception {
        for (var path : new String[] {"/env", "/beans", "/heapdump", "/configprops", "/prometheus", "/actuator"})
            assertThat(get(server, path).statusCode()).isEqualTo(404);
    }

    @Test
    void settings_and_master_key_are_beans() {
        assertThat(server.context().getBean(Settings.class).dev()).isTrue();
        assertThat(server.context().getBean(MasterKeys.class).wanted().bytes()).hasSize(32);
    }

    @Test
    void https_answers_who_trusts_its_authority_and_nobody_else() throws Exception {
        var ready = URI.create("https://localhost:" + server.httpsPort() + "/health/ready");
        try (var trusting = HttpClient.newBuilder().sslContext(trusting("one")).build();
                var stranger = HttpClient.newHttpClient()) {
            assertThat(trusting.send(HttpRequest.newBuilder(ready).build(), ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> stranger.send(HttpRequest.newBuilder(ready).build(), ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void only_the_authoritys_certificate_can_be_read_by_others() throws Exception {
        var modes = new HashMap<String, String>();
        try (var files = Files.newDirectoryStream(temp.resolve("one/tls"))) {
            for (var file : files)
                modes.put("" + file.getFileName(), PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertThat(modes)
                .isEqualTo(Map.of(
                        "ca.pem", "rw-r--r--",
                        "ca.key", "rw-------",
                        "server.pem", "rw-------",
                        "server.key", "rw-------"));
    }

    @Test
    void two_servers_share_an_external_database_and_it_is_not_ready_without() throws Exception {
        try (var postgres = RunningPostgres.in(temp.resolve("external"));
                var second = RingcodeServer.start(settings("two", external(postgres), "--dev"));
                var third = RingcodeServer.start(settings("three", external(postgres), "--dev"))) {
            assertThat(get(second, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(third, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(temp.resolve("two/postgres")).doesNotExist();
            postgres.postgres().close();
            // What was proven a second ago is good enough.
            Eventually.holds(
                    "not ready",
                    Duration.ofSeconds(3),
                    () -> get(second, "/health/ready").body().equals("{\"status\":\"DOWN\"}"));
            assertThat(get(second, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(second, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_wrong_password_an_absent_database_and_a_dead_address_are_told_apart() throws Exception {
        try (var postgres = RunningPostgres.in(temp.resolve("refusing"))) {
            var wrong = new HashMap<>(external(postgres));
            wrong.put("RINGCODE_DATABASE_PASSWORD", "topsecret");
            assertRefused(wrong, "refuses this user or password");
            var absent = new HashMap<>(external(postgres));
            absent.computeIfPresent("RINGCODE_DATABASE_URL", (_, url) -> url.replace("/ringcode", "/nothing"));
            assertRefused(absent, "there is no such database");
            var dead = new HashMap<>(external(postgres));
            dead.put("RINGCODE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + EmbeddedPostgres.freePort() + "/x");
            assertRefused(dead, "no database answers there");
        }
    }

    @Test
    void a_taken_port_is_told_before_anything_is_made() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var settings = settings("taken", Map.of(), "--dev", "--port", "" + taken.getLocalPort());
            assertThatThrownBy(() -> RingcodeServer.start(settings))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
            assertThat(temp.resolve("taken/postgres")).doesNotExist();
            // nothing is left running: the folder can be opened at once
            DataFolder.open(temp.resolve("taken")).close();
        }
    }

    /** Answers late, and asks the database only then. */
    record Slow(CountDownLatch begun, JdbcClient db) {
        @ResponseBody
        public String answer() throws InterruptedException {
            begun.countDown();
            Thread.sleep(1000);
            return db.sql("SELECT 'done'").query(String.class).single();
        }
    }

    @Test
    void requests_in_hand_are_finished_before_the_database_stops() throws Exception {
        var stopping = RingcodeServer.start(settings("stopping", Map.of(), "--dev"));
        var slow = new Slow(new CountDownLatch(1), stopping.context().getBean(JdbcClient.class));
        serve(stopping, "/slow", slow);
        try (var client = HttpClient.newHttpClient()) {
            var url = URI.create("http://127.0.0.1:" + stopping.port() + "/slow");
            var answer = client.sendAsync(HttpRequest.newBuilder(url).build(), ofString());
            slow.begun().await();
            stopping.close();
            assertThat(answer.get().body()).isEqualTo("done");
        }
    }

    /** Tells how it was reached. */
    record Mirror() {
        @ResponseBody
        public String answer(HttpServletRequest request) {
            return request.getRequestURL() + " by " + request.getRemoteAddr();
        }
    }

    @Test
    void forwarded_headers_are_believed_from_trusted_proxies_only() throws Exception {
        try (var postgres = RunningPostgres.in(temp.resolve("proxied"))) {
            var trusting = new HashMap<>(external(postgres));
            trusting.put("RINGCODE_TRUSTED_PROXIES", "192.0.2.1,127.0.0.1");
            try (var behind = RingcodeServer.start(settings("behind", trusting, "--dev"))) {
                assertThat(forwarded(behind)).isEqualTo("https://codes.example.com/mirror by 198.51.100.7");
            }
            try (var open = RingcodeServer.start(settings("open", external(postgres), "--dev"))) {
                assertThat(forwarded(open)).isEqualTo("http://127.0.0.1:" + open.port() + "/mirror by 127.0.0.1");
            }
        }
    }

    private static String forwarded(RingcodeServer server) throws Exception {
        serve(server, "/mirror", new Mirror());
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mirror"))
                    .header("X-Forwarded-For", "198.51.100.7")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "codes.example.com")
                    .build();
            return client.send(request, ofString()).body();
        }
    }

    /** Adds a controller, whose only method is {@code answer}, to a server that runs. */
    private static void serve(RingcodeServer server, String path, Object controller) {
        var mappings = server.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        var answer = Arrays.stream(controller.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals("answer"))
                .findAny()
                .orElseThrow();
        mappings.registerMapping(
                RequestMappingInfo.paths(path)
                        .options(mappings.getBuilderConfiguration())
                        .build(),
                controller,
                answer);
    }

    private static void assertRefused(Map<String, String> env, String complaint) {
        assertThatThrownBy(() -> RingcodeServer.start(settings("refused", env, "--dev")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("topsecret");
    }

    /** Servers of one installation share its database and its key. */
    private static Map<String, String> external(RunningPostgres postgres) {
        return Map.of(
                "RINGCODE_MASTER_KEY",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "RINGCODE_DATABASE_URL",
                postgres.postgres().jdbcUrl(),
                "RINGCODE_DATABASE_USERNAME",
                postgres.postgres().username(),
                "RINGCODE_DATABASE_PASSWORD",
                postgres.postgres().password());
    }

    /** On free ports, unless {@code args} say otherwise. */
    private static Settings settings(String folder, Map<String, String> env, String... args) {
        var all = new HashMap<>(env);
        all.put("RINGCODE_DATA_DIR", temp.resolve(folder).toString());
        all.put("RINGCODE_PORT", "0");
        return Settings.read(args, all);
    }

    private static HttpResponse<String> get(RingcodeServer server, String path)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var url = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(url).build(), ofString());
        }
    }

    private static SSLContext trusting(String folder) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var authority = Files.newInputStream(temp.resolve(folder).resolve("tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(authority));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
