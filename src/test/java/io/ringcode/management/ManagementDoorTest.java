package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.ManagementScopes;
import io.ringcode.management.door.CallRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class ManagementDoorTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void every_answer_tells_how_many_calls_are_left_and_the_next_after_them_is_refused() {
        var first = admin.get("/guardian/factors");
        assertThat(header(first, "x-ratelimit-limit")).isEqualTo(CallRate.SIZE);
        assertThat(header(first, "x-ratelimit-remaining")).isEqualTo(CallRate.SIZE - 1);
        var reset = header(first, "x-ratelimit-reset");
        var now = tenant.server().clock().instant().getEpochSecond();
        assertThat(reset).isBetween(now, now + 2);
        var missing = admin.get("/clients/nobody");
        assertThat(header(missing, "x-ratelimit-remaining")).isEqualTo(CallRate.SIZE - 2);
        var stranger = tenant.get("/api/v2/clients", null);
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(header(stranger, "x-ratelimit-remaining"))
                .as("strangers use nothing up")
                .isEqualTo(CallRate.SIZE - 2);

        for (int i = 2; i < CallRate.SIZE; i++)
            assertThat(admin.get("/guardian/policies").status()).isEqualTo(200);
        var refused = admin.get("/guardian/policies");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("errorCode")).isEqualTo("too_many_requests");
        assertThat(refused.retryAfter()).isPositive();
        assertThat(header(refused, "x-ratelimit-remaining")).isZero();
        tenant.server().clock().advance(Duration.ofSeconds(refused.retryAfter()));
        assertThat(admin.get("/guardian/policies").status()).isEqualTo(200);
    }

    @Test
    void every_endpoint_declares_the_scope_it_needs() {
        var mappings = tenant.server()
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        for (var entry : mappings.entrySet())
            if (entry.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith("/api/v2")))
                assertThat(RequiredScopes.of(entry.getValue()))
                        .as("scopes of " + entry.getKey())
                        .isNotEmpty()
                        .allMatch(ManagementScopes.ALL::contains);
        assertThat(mappings).hasSizeGreaterThan(50);
    }

    @Test
    void a_change_is_logged_with_who_and_what_and_never_with_its_values() {
        var made = admin.post("/clients", "{'name':'Logged','description':'the-secret-plan'}");
        var line = tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT client_id || ' ' || data::text FROM log WHERE tenant_id = :tenant AND type = 'sapi'")
                .param("tenant", tenant.id().value())
                .query(String.class)
                .single();
        assertThat(line)
                .startsWith("app {")
                .contains("\"description\": \"Create a client\"", made.text("client_id"), "[\"description\", \"name\"]")
                .contains("127.0.0.1")
                .doesNotContain("the-secret-plan", made.text("client_secret"));
        var refused = admin.post("/clients", "{'name':'Refused','app_type':'toaster'}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(tenant.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM log WHERE tenant_id = :tenant AND type = 'sapi'")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private static long header(Answer answer, String name) {
        return answer.whole().headers().firstValueAsLong(name).orElse(-1);
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "/logs?q=a%00b",
                "/users?q=%00",
                "/users-by-email?email=%00",
                "/connections?name=%00",
                "/logs?q=type%3A%00"
            })
    void what_no_database_can_hold_is_refused(String path) {
        var answer = Admin.of(Ringcode.shared().tenant()).get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo("invalid_query_string");
    }
}
