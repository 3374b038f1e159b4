package io.ringcode.e2e;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The package auth0 for Node: every call that phone MFA needs is one test. */
class NodeClientsTest {
    private static HttpsServer server;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        node = Node.installed();
        server = HttpsServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @TestFactory
    Stream<DynamicTest> management() throws Exception {
        return calls("management.mjs", Map.of());
    }

    @TestFactory
    Stream<DynamicTest> legacy_authentication() throws Exception {
        return calls(
                "legacy.mjs",
                Map.of(
                        "RINGCODE_CLIENT_ID", HttpsServer.APP_ID,
                        "RINGCODE_CLIENT_SECRET", HttpsServer.APP_SECRET,
                        "RINGCODE_USERNAME", HttpsServer.EMAIL,
                        "RINGCODE_PASSWORD", HttpsServer.PASSWORD));
    }

    @TestFactory
    Stream<DynamicTest> hooks() throws Exception {
        server.require("/api/v2/hooks");
        return calls("hooks.mjs", Map.of());
    }

    @TestFactory
    Stream<DynamicTest> branding_phone() throws Exception {
        server.require("/api/v2/branding/phone/providers");
        server.require("/api/v2/branding/phone/templates");
        server.removeTwilio();
        try {
            return calls("branding-phone.mjs", Map.of());
        } finally {
            server.setUpTwilio();
        }
    }

    @TestFactory
    Stream<DynamicTest> openid_client() throws Exception {
        return calls("openid-client.mjs", asApplication("openid@example.com"));
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapi() throws Exception {
        return calls("oauth4webapi.mjs", asApplication("oauth@example.com"));
    }

    /** A person of one's own, whose messages stay on the local phone, where the script can read them. */
    private static Map<String, String> asApplication(String email) {
        server.useLocalPhone();
        server.person(email);
        return Map.of(
                "RINGCODE_CLIENT_ID", HttpsServer.APP_ID,
                "RINGCODE_CLIENT_SECRET", HttpsServer.APP_SECRET,
                "RINGCODE_ADMIN_ID", HttpsServer.CLIENT_ID,
                "RINGCODE_ADMIN_SECRET", HttpsServer.CLIENT_SECRET,
                "RINGCODE_USERNAME", email,
                "RINGCODE_PASSWORD", HttpsServer.PASSWORD);
    }

    private static Stream<DynamicTest> calls(String script, Map<String, String> more) throws Exception {
        return node.script(server, script, more).tests();
    }
}
