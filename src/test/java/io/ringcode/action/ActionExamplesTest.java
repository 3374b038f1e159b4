package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.login.Browser;
import io.ringcode.login.Passkeys;
import io.ringcode.management.Admin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The actions in examples/actions, as they stand there: each asks whom it says it asks. */
class ActionExamplesTest {
    private static final Path EXAMPLES = Path.of("examples/actions");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final PostLogins logins = PostLogins.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();
    private final Browser browser = new Browser(tenant);

    private void example(String name) throws IOException {
        example(name, Map.of());
    }

    private void example(String name, Map<String, String> secrets) throws IOException {
        logins.run(secrets, Files.readString(EXAMPLES.resolve(name + ".js")));
    }

    private Browser.Place again(Person person) {
        return logins.password(browser, person, "prompt", "login");
    }

    private JsonNode idToken(Browser.Place page) {
        return logins.app().exchange(page.parameter("code")).claims("id_token");
    }

    @Test
    void each_is_tried_here() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(EXAMPLES)) {
            files.forEach(file -> names.add(file.getFileName().toString().replace(".js", "")));
        }
        assertThat(names)
                .containsExactly(
                        "deny-by-country-or-address",
                        "enroll-a-passkey",
                        "mfa-for-administrators",
                        "mfa-for-one-application",
                        "mfa-from-a-new-device",
                        "refuse-swapped-sims");
    }

    @Test
    void a_second_factor_for_one_application() throws IOException {
        var person = tenant.enrolled(number);
        example("mfa-for-one-application");
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        assertThat(tenant.signIn(person).status()).isEqualTo(200);
        admin.patch("/clients/app", "{'client_metadata':{'mfa':'required'}}");
        assertThat(again(person).screen()).isEqualTo("mfa-phone-challenge");
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
    }

    @Test
    void a_second_factor_for_administrators_whose_groups_their_tokens_tell() throws IOException {
        var person = tenant.enrolled(number);
        example("mfa-for-administrators");
        var claims = idToken(logins.password(browser, person));
        assertThat(claims.has("https://example.com/groups")).isFalse();
        admin.patch("/users/" + person.id().value(), "{'app_metadata':{'groups':['admins']}}");
        claims = idToken(logins.code(browser, again(person), number));
        assertThat(claims.path("https://example.com/groups").toString()).isEqualTo("[\"admins\"]");
        assertThat(claims.path("amr").toString()).contains("mfa");
    }

    @Test
    void a_second_factor_from_a_new_device() throws IOException {
        var person = tenant.enrolled(number);
        example("mfa-from-a-new-device");
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
        assertThat(logins.password(new Browser(tenant), person).screen()).isEqualTo("mfa-phone-challenge");
    }

    @Test
    void nobody_from_a_country_that_is_not_on_the_list_or_an_address_that_is() throws IOException {
        var person = tenant.person();
        example("deny-by-country-or-address", Map.of("ALLOWED_COUNTRIES", "DE,AT"));
        assertThat(logins.password(browser, person).parameter("error_description"))
                .isEqualTo("Sign-ins from NZ are not allowed.");
        example("deny-by-country-or-address", Map.of("ALLOWED_COUNTRIES", "DE,NZ", "DENIED_ADDRESSES", "192.0.2.0/24"));
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        example(
                "deny-by-country-or-address",
                Map.of("DENIED_ADDRESSES", "192.0.2.0/24, 127.0.0.0/8, ::1, 0:0:0:0:0:0:0:1/128"));
        assertThat(again(person).parameter("error_description"))
                .isEqualTo("Sign-ins from this address are not allowed.");
        assertThat(tenant.signIn(person).error())
                .isEqualTo("403 access_denied: Sign-ins from this address are not allowed.");
    }

    /** Stands in for the vendor that the example is written for. */
    private record LookupVendor(HttpServer server, List<String> asked, AtomicReference<String> line)
            implements AutoCloseable {
        static LookupVendor start() throws IOException {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
            var vendor = new LookupVendor(server, new CopyOnWriteArrayList<>(), new AtomicReference<>(""));
            server.createContext("/", exchange -> {
                var token = exchange.getRequestHeaders().getFirst("Authorization");
                vendor.asked.add(token + " " + exchange.getRequestURI().getPath());
                var body = vendor.line.get().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return vendor;
        }

        Map<String, String> secrets() {
            return Map.of(
                    "LOOKUP_URL",
                    "http://127.0.0.2:" + server.getAddress().getPort() + "/lines",
                    "LOOKUP_TOKEN",
                    "the-token-of-the-vendor");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void a_number_whose_sim_was_swapped_lately_is_no_factor() throws IOException {
        try (var vendor = LookupVendor.start()) {
            var code = Files.readString(EXAMPLES.resolve("refuse-swapped-sims.js"));
            var scripts = new Scripts(tenant);
            scripts.action(Trigger.PRE_BIND_NUMBER, code, vendor.secrets());
            scripts.action(Trigger.PRE_SEND, code, vendor.secrets());
            assertThat(binding(TestTenant.newNumber()))
                    .as("the vendor is away")
                    .isEqualTo("403 access_denied: The phone number could not be checked.");
            vendor.line.set("{'line_type':'landline'}");
            assertThat(binding(TestTenant.newNumber())).isEqualTo("403 access_denied: The line is not a mobile one.");
            var lately = Instant.now().minus(Duration.ofDays(1));
            vendor.line.set("{'line_type':'mobile','sim_swapped_at':null,'ported_at':'%s'}".formatted(lately));
            assertThat(binding(TestTenant.newNumber())).isEqualTo("403 access_denied: The number was ported lately.");
            vendor.line.set("{'line_type':'mobile','sim_swapped_at':'2020-01-01T00:00:00Z','ported_at':null}");
            var person = tenant.enrolled(number);
            assertThat(vendor.asked.getLast()).isEqualTo("Bearer the-token-of-the-vendor /lines/" + number);
            vendor.line.set("{'line_type':'mobile','sim_swapped_at':'%s','ported_at':null}".formatted(lately));
            assertThat(tenant.challenge(tenant.mfaToken(person)).error())
                    .isEqualTo("403 access_denied: The SIM card was swapped lately.");
        }
    }

    private String binding(String number) {
        return tenant.associate(tenant.mfaToken(tenant.person()), "sms", number).error();
    }

    @Test
    void everybody_binds_a_passkey_and_uses_it() throws IOException {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "recovery-code");
        var person = tenant.enrolled(number);
        var key = new SoftKey();
        example("enroll-a-passkey");
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-login-options");
        page = browser.send(page, "action", "sms");
        page = browser.send(page, "code", tenant.code(number));
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        page = browser.send(page, "action", "snooze-enrollment");
        assertThat(page.screen()).as("it cannot be skipped").isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "skip");
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "webauthn-roaming");
        page = passkeys.create(browser, page, key);
        page = browser.send(page, "nickname", "key ring");
        assertThat(idToken(page).path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"hwk\",\"user\",\"mfa\"]");
        page = again(person);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(passkeys.sign(browser, page, key).parameter("code")).isNotEmpty();
    }
}
