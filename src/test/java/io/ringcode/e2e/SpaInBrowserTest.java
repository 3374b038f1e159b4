package io.ringcode.e2e;

import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.AuthMethod;
import io.ringcode.client.ClientGrant;
import io.ringcode.client.ClientGrants;
import io.ringcode.client.ClientId;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Single-page applications with Auth0's SDKs for those, in a real Chromium: the example, and one by React. */
class SpaInBrowserTest {
    private static final String ELSEWHERE = "https://elsewhere.example/";

    private static Path chromium;
    private static Node node;
    private static HttpsServer server;
    private static String page;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        node.take(Path.of("examples/spa-js"), "spa-js");
        server = HttpsServer.startWithLocalPhone();
        page = "https://localhost:" + freePort() + "/";
        var now = Instant.now();
        var nodes = JsonNodeFactory.instance;
        var refreshTokens = nodes.objectNode();
        var policy = refreshTokens
                .putArray("policies")
                .addObject()
                .put("audience", "https://" + server.domain() + "/" + Apis.MY_ACCOUNT);
        Apis.MY_ACCOUNT_SCOPES.forEach(policy.putArray("scope")::add);
        server.bean(Registrations.class)
                .create(
                        TenantId.DEFAULT,
                        new Registration(
                                new ClientId("page"),
                                "Page",
                                AuthMethod.NONE,
                                List.of("authorization_code", "refresh_token"),
                                List.of(page, ELSEWHERE),
                                List.of(page.replaceFirst("/$", "")),
                                Map.of(
                                        "allowed_logout_urls",
                                        nodes.arrayNode().add(page),
                                        "refresh_token",
                                        refreshTokens),
                                now,
                                now),
                        null);
        server.bean(Apis.class)
                .create(
                        TenantId.DEFAULT,
                        new Api(Apis.MY_ACCOUNT, Apis.MY_ACCOUNT_SCOPES, Duration.ofMinutes(10)),
                        now);
        var ofUsers = new ClientGrant(
                "cgr_page",
                new ClientId("page"),
                Apis.MY_ACCOUNT,
                List.copyOf(Apis.MY_ACCOUNT_SCOPES),
                Map.of("subject_type", nodes.stringNode("user")));
        server.bean(ClientGrants.class).create(TenantId.DEFAULT, ofUsers, now);
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @TestFactory
    Stream<DynamicTest> spa() throws Exception {
        return drive("spa.mjs", HttpsServer.EMAIL);
    }

    @TestFactory
    Stream<DynamicTest> react() throws Exception {
        server.person("react@example.com");
        return drive("react.mjs", "react@example.com");
    }

    private static Stream<DynamicTest> drive(String script, String email) throws Exception {
        var run = node.script(
                server,
                script,
                Map.of(
                        "RINGCODE_CLIENT_ID",
                        "page",
                        "RINGCODE_ADMIN_ID",
                        HttpsServer.CLIENT_ID,
                        "RINGCODE_ADMIN_SECRET",
                        HttpsServer.CLIENT_SECRET,
                        "RINGCODE_CHROMIUM",
                        chromium.toString(),
                        "RINGCODE_CALLBACK",
                        page,
                        "RINGCODE_OTHER",
                        ELSEWHERE,
                        "TLS",
                        Objects.requireNonNull(server.authority().getParent()).toString(),
                        "RINGCODE_USERNAME",
                        email,
                        "RINGCODE_PASSWORD",
                        HttpsServer.PASSWORD));
        return run.tests();
    }
}
