package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.management.Admin;
import io.ringcode.management.Endpoint;
import io.ringcode.myaccount.MyAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;

/** Whatever anybody sends to any route: no answer says that the server failed, and no error or stack trace is in the log. */
class FuzzTest {
    private static final long SEED = Long.getLong("ringcode.fuzz.seed", 20_300_101);
    private static final int REQUESTS = Integer.getInteger("ringcode.fuzz.requests", 4_000);

    /** By contract: what Auth0 has and this server does not (501), and what could not be sent or is busy now (503). */
    private static final List<Integer> BY_CONTRACT = List.of(501, 503);

    private static final TestTenant TENANT = Ringcode.shared().tenant();
    private static final Admin ADMIN = Admin.of(TENANT);

    /** What was found, one by one: each was a 500 once. */
    static Stream<String> found() {
        return Stream.of(
                "PUT /api/v2/guardian/factors/sms|application/x-www-form-urlencoded|enabled=%zz",
                "PATCH /api/v2/tenants/settings|application/x-www-form-urlencoded|a=b",
                "DELETE /api/v2/users/x|application/x-www-form-urlencoded|%",
                "POST /u/login|application/x-www-form-urlencoded|state=%zz",
                "POST /console/first|application/x-www-form-urlencoded|token=%zz",
                "POST /oidc/logout|application/x-www-form-urlencoded|state=%zz",
                "POST /oauth/token|*/*|grant_type=x",
                "POST /api/v2/users|application/*|{}",
                "GET /health/live|application/json|{",
                "GET /health/ready|*/*|{}",
                "GET /metrics|application/json|[]",
                "GET /api/v2/users?per_page=0&include_totals=true||",
                "GET /api/v2/clients?per_page=0||",
                "GET /api/v2/logs?per_page=0||",
                "GET /api/v2/guardian/factors/phone/messages?per_page=0||");
    }

    @ParameterizedTest
    @MethodSource("found")
    void what_was_found_once(String kept) throws IOException {
        var parts = kept.split("\\|", -1);
        var request =
                parts[0] + " HTTP/1.1\r\nHost: " + TENANT.host() + "\r\nConnection: close\r\nAuthorization: Bearer "
                        + ADMIN.token() + "\r\n" + (parts[1].isEmpty() ? "" : "Content-Type: " + parts[1] + "\r\n")
                        + "Content-Length: " + parts[2].length() + "\r\n\r\n" + parts[2];
        try (var complaints = new Complaints()) {
            assertThat(RawHttp.send(TENANT.server().port(), request).status()).isBetween(200, 499);
            assertThat(complaints.heard()).isEmpty();
        }
    }

    @Test
    void nothing_that_is_sent_is_the_servers_failure() throws IOException {
        var person = TENANT.enrolled(TestTenant.newNumber());
        var messages = ADMIN.get("/guardian/factors/phone/messages").body().path("messages");
        var ids = List.of(
                person.id().value().replace("|", "%7C"),
                TENANT.clientId(),
                messages.path(0).path("id").asString(),
                "twilio",
                "sms",
                "login");
        var garbage = new Garbage(SEED, endpoints(), ids);
        var cookies = Console.of(TENANT).browser.cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        var callers = new HashMap<String, String>();
        callers.put(
                "/me/",
                "Authorization: Bearer " + MyAccount.activated(TENANT, ADMIN).token(TENANT.person(), null));
        var failed = new ArrayList<String>();
        try (var complaints = new Complaints()) {
            for (int i = 0; i < REQUESTS; i++) {
                if (i % 100 == 0) {
                    TENANT.server().clock().advance(Duration.ofSeconds(10));
                    callers.putAll(Map.of(
                            "/api/v2/", "Authorization: Bearer " + ADMIN.token(),
                            "/mfa/", "Authorization: Bearer " + TENANT.mfaToken(TENANT.person()),
                            "/console", "Cookie: " + cookies));
                }
                var request = garbage.request(TENANT.host(), callers);
                var before = complaints.heard().size();
                var status = RawHttp.send(TENANT.server().port(), request).status();
                var said = complaints.heard();
                if ((status >= 500 && !BY_CONTRACT.contains(status)) || said.size() > before)
                    failed.add(status + " " + said.subList(before, said.size()) + " to " + shortened(request));
            }
            assertThat(failed).isEmpty();
        }
    }

    private static String shortened(String request) {
        return request.length() < 1500 ? request : request.substring(0, 1500) + "…";
    }

    private static List<Endpoint> endpoints() {
        var all = new ArrayList<>(Endpoint.all());
        // These never end, and these end the caller.
        all.removeIf(endpoint ->
                endpoint.path().equals("/dev/phone/events") || endpoint.path().equals("/console/leave"));
        var some = all.getFirst().handler();
        for (var path :
                List.of("/health/live", "/health/ready", "/metrics", "/", "/error", "/nowhere", "/api/v2/nowhere"))
            all.add(new Endpoint(RequestMethod.GET, path, some));
        return all;
    }
}
