package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.attack.RawHttp.Reply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.cluster.HaProxy;
import io.ringcode.delivery.TestClock;
import io.ringcode.login.WebApp;
import io.ringcode.server.RingcodeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes behind the HAProxy that docs/operations.md recommends: what only goes wrong where one server speaks to another. */
class HaProxyTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final int MANY = 200;
    private static final String LIE = "198.51.100.99";

    private static Ringcode nodes;

    private TestTenant tenant;

    @BeforeAll
    static void start() {
        assumeTrue(HaProxy.isInstalled(), "HAProxy (Debian's package haproxy) is not installed");
        nodes = Ringcode.behindProxy(TestDatabase.freshDatabase(), 2, CARRIER, new TestClock());
    }

    @BeforeEach
    void furnish() {
        tenant = nodes.tenant();
    }

    @AfterAll
    static void stop() {
        if (nodes != null) nodes.close();
        CARRIER.close();
    }

    private static Reply ask(String from, String request) throws IOException {
        return RawHttp.send(InetAddress.ofLiteral(from), nodes.port(), request);
    }

    private String get(String path, String... headers) {
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "GET " + path + " HTTP/1.1\r\nHost: " + tenant.host() + "\r\n" + more + "Connection: close\r\n\r\n";
    }

    /** A sign-in that fails, and says where it came from. */
    private String guess(String username) {
        var form = "grant_type=password&client_id=" + tenant.clientId() + "&client_secret=" + tenant.clientSecret()
                + "&password=wrong&username=" + username;
        return "POST /oauth/token HTTP/1.1\r\nHost: " + tenant.host() + "\r\nX-Forwarded-For: " + LIE
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nConnection: close\r\n\r\n" + form;
    }

    /** Of every line in the tenant's log, also of what was smuggled in. */
    private List<@Nullable String> addresses() {
        return nodes.bean(JdbcClient.class)
                .sql("SELECT data ->> 'ip' FROM log WHERE tenant_id = :tenant AND type LIKE 'f%'")
                .param("tenant", tenant.id().value())
                .query(String.class)
                .list();
    }

    @Test
    void an_address_has_one_limit_on_all_nodes_whatever_it_says_of_itself() throws IOException {
        var path = WebApp.of(tenant).authorize();
        var lies = List.of(
                "X-Forwarded-For: %s",
                "x-forwarded-FOR: %s",
                "X-Forwarded-For: %s, 127.0.0.1",
                "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For: %s",
                "X-Forwarded-For:\r\n %s",
                "X-A: b\r\n X-Forwarded-For: %s",
                "X-Forwarded-For: %s\r\nConnection: X-Forwarded-For",
                "Forwarded: for=%s;proto=https",
                "X-Real-IP: %s",
                "X-Forwarded-By: %s",
                "X_Forwarded_For: %s",
                "auth0-forwarded-for: %s");
        for (int begun = 0; begun < 60; begun++) {
            var lie = lies.get(begun % lies.size()).formatted("198.51.100." + begun);
            assertThat(ask("127.0.0.6", get(path, lie)).head())
                    .as(lie)
                    .contains("/u/login?state=")
                    .doesNotContain("https://127");
        }
        for (var lie : lies)
            assertThat(ask("127.0.0.6", get(path, lie.formatted("198.51.100.80")))
                            .head())
                    .as(lie)
                    .contains("temporarily_unavailable");
        assertThat(ask("127.0.0.7", get(path)).head()).as("another address").contains("/u/login?state=");
    }

    @Test
    void what_is_logged_is_the_callers_address_and_a_node_believes_its_proxy_alone() throws IOException {
        assertThat(ask("127.0.0.8", guess("somebody")).status()).isEqualTo(403);
        var first = nodes.nodes().getFirst().port();
        assertThat(RawHttp.send(InetAddress.ofLiteral("127.0.0.9"), first, guess("somebody"))
                        .status())
                .isEqualTo(403);
        assertThat(addresses()).containsExactlyInAnyOrder("127.0.0.8", "127.0.0.9");
        assertThat(RawHttp.send(first, guess("somebody")).status())
                .as("as the proxy itself")
                .isEqualTo(403);
        assertThat(addresses()).contains(LIE);
    }

    /** Hidden is a sign-in that the proxy has not seen, so that it would be logged, and with an address that it made up. */
    @Test
    void nothing_is_smuggled_past_the_proxy() throws IOException {
        var trouble = new ArrayList<String>();
        try (var complaints = new Complaints()) {
            for (var attack : new Smuggling(tenant.host(), guess("smuggled")).all()) {
                var status = ask("127.0.0.8", attack.request()).status();
                if (status >= 500 && status != 501) trouble.add(status + " " + attack.shape());
                var lines = addresses().size();
                for (int innocent = 0; innocent < 4; innocent++) {
                    var reply = ask("127.0.0.10", get("/health/live"));
                    if (reply.status() != 200 || !reply.body().equals("{\"status\":\"UP\"}"))
                        trouble.add("another caller was answered " + reply + " after " + attack.shape());
                }
                if (addresses().size() > lines) trouble.add("served with another caller's: " + attack.shape());
            }
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(trouble).isEmpty();
        assertThat(addresses()).doesNotContain(LIE, "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET %s HTTP/1.1|Host: OWN|Host: OTHER",
                "GET %s HTTP/1.1|Host: OTHER, OWN",
                "GET %s HTTP/1.1|Host: OWN|X-Forwarded-Host: OTHER",
                "GET %s HTTP/1.1|Host: OWN|X-Forwarded-Host: OTHER|Connection: X-Forwarded-Host",
                "GET %s HTTP/1.1|Host: OWN|Forwarded: host=OTHER",
                "GET %s HTTP/1.1|Host: OWN|X-Forwarded-Proto: https",
                "GET %s HTTP/1.1|Host: OWN|X-Forwarded-Port: 1234",
                "GET %s HTTP/1.1|Host: OWN|X-Forwarded-Prefix: /elsewhere",
                "GET %s HTTP/1.1|Host: OWN| Host: OTHER",
                "GET %s HTTP/1.1|Host: OWN|X-A: b| Host: OTHER",
                "GET %s HTTP/1.1|Host : OTHER|Host: OWN",
                "GET http://OWN%s HTTP/1.1|Host: OWN",
                "GET http://OTHER%s HTTP/1.1|Host: OWN",
                "GET http://OWN@OTHER%s HTTP/1.1|Host: OWN",
                "GET https://OWN%s HTTP/1.1|Host: OWN",
                "GET http://OTHER%s HTTP/1.1|Host:",
                "GET //OTHER%s HTTP/1.1|Host: OWN",
                "GET @OTHER%s HTTP/1.1|Host: OWN",
                "GET %s HTTP/1.1|Host: OWN@OTHER",
                "GET %s HTTP/1.1|Host: OWN/OTHER",
                "GET %s HTTP/1.0|X-Forwarded-Host: OTHER",
            })
    void a_request_is_its_hosts_or_is_refused(String shape) throws IOException {
        var other = nodes.tenant();
        var request = shape.formatted("/.well-known/openid-configuration")
                .replace("|", "\r\n")
                .replace("OWN", tenant.host())
                .replace("OTHER", other.host());
        var reply = ask("127.0.0.8", request + "\r\nConnection: close\r\n\r\n");
        assertThat(reply.status()).isLessThan(500);
        assertThat(reply.body()).doesNotContain(other.host());
        if (reply.status() == 200 && shape.contains("OWN"))
            assertThat(reply.body()).contains("\"issuer\":\"" + tenant.issuer() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/metrics/",
                "//metrics",
                "/./metrics",
                "/docs/../metrics",
                "/metrics;x=y",
                "/;x/metrics",
                "/%6detrics",
                "/%6Detrics",
                "/%2fmetrics",
                "/docs/%2e%2e/metrics",
                "/%256detrics",
                "/METRICS",
                "/metrics?x",
                "/metrics%20",
                "\\metrics",
                "http://HOST/metrics"
            })
    void what_the_proxy_keeps_behind_itself_is_not_reached(String path) throws IOException {
        var reply = ask("127.0.0.8", get(path.replace("HOST", tenant.host())));
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body()).doesNotContain("jvm_", "ringcode_");
    }

    @Test
    void headers_as_long_as_a_server_takes_pass_the_proxy() throws IOException {
        for (int length : new int[] {15_900, 16_290, 30_000}) {
            var request = get("/health/live?x=" + "y".repeat(length));
            var direct = RawHttp.send(nodes.nodes().getFirst().port(), request);
            assertThat(direct.status()).isEqualTo(length < 16_384 ? 200 : 400);
            assertThat(ask("127.0.0.8", request).status()).isEqualTo(direct.status());
        }
    }

    @Test
    void slow_connections_take_no_place_at_a_node_unless_they_send_much_and_keep_nobody_waiting() throws Exception {
        try (var small = new SlowConnections(nodes.port());
                var large = new SlowConnections(nodes.port())) {
            for (int i = 0; i < MANY; i++)
                small.send(small.open(), "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");
            small.open(MANY, "POST /u/login HTTP/1.1", 16_000, "state=xx");
            small.open(MANY, "POST /console/first HTTP/1.1", 262_000, "token=xx");
            isPrompt();
            for (var node : nodes.nodes())
                assertThat(SlowConnections.heldBy(node.port())).isLessThan(MANY / 2);
            large.open(MANY, "POST /console/first HTTP/1.1", 262_000, "token=" + "x".repeat(60_000));
            for (int i = 0; i < MANY / 2; i++)
                large.send(large.open(), "GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(80));
            isPrompt();
            small.areClosedWithin(Duration.ofSeconds(30));
            isPrompt();
        }
    }

    /** Most of five, and their median, since a busy machine lets anybody wait once, or refuses to judge a password (503). */
    private void isPrompt() throws IOException {
        var times = new ArrayList<Duration>();
        var answers = new ArrayList<List<Integer>>();
        for (int i = 0; i < 5; i++) {
            var from = System.nanoTime();
            answers.add(List.of(
                    ask("127.0.0.8", get("/health/ready")).status(),
                    ask("127.0.0.8", guess("somebody")).status()));
            times.add(Duration.ofNanos(System.nanoTime() - from));
        }
        assertThat(Collections.frequency(answers, List.of(200, 403)))
                .as("%s", answers)
                .isGreaterThanOrEqualTo(3);
        assertThat(times.stream().sorted().toList().get(2)).isLessThan(Duration.ofSeconds(8));
        for (var node : nodes.nodes())
            assertThat(RawHttp.send(node.port(), get("/health/ready")).status()).isEqualTo(200);
    }

    /** Others than this one write behind what they were sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: [::1",
                "X-Forwarded-For: nonsense",
                "X-Forwarded-For: ,,,",
                "X-Forwarded-For: 198.51.100.7:5678",
                "X-Forwarded-For: fe80::1%eth0",
                "X-Forwarded-For: \u00ff\t'\"<script>",
                "X-Forwarded-For: LONG",
                "X-Forwarded-Host: [::1",
                "X-Forwarded-Host: LONG",
                "X-Forwarded-Host: \u00e9|X-Forwarded-Port: x",
                "X-Forwarded-Port: -1",
                "X-Forwarded-Port: 99999999999",
                "X-Forwarded-Proto: \u00e9",
                "X-Forwarded-Proto: https,,http"
            })
    void a_proxy_that_passes_on_what_it_is_sent_makes_no_server_fail(String header) throws IOException {
        var lie = header.replace("LONG", "9".repeat(9_000)).replace("|", "\r\n");
        try (var complaints = new Complaints()) {
            for (RingcodeServer node : nodes.nodes()) {
                for (var path : List.of(WebApp.of(tenant).authorize(), "/u/login", "/.well-known/openid-configuration"))
                    assertThat(RawHttp.send(node.port(), get(path, lie)).status())
                            .isBetween(200, 499);
                var sent = guess("somebody").replace("X-Forwarded-For: " + LIE, lie);
                assertThat(RawHttp.send(node.port(), sent).status()).isBetween(200, 499);
            }
            assertThat(complaints.heard()).isEmpty();
        }
    }
}
