package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.Passkeys;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who knows the password, and would pass a security key that is not his. */
class PasskeyAttackTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private Passkeys passkeys;
    private final SoftKey key = new SoftKey();
    private Person person;

    @BeforeEach
    void enroll() {
        passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "webauthn-platform", "recovery-code");
        person = passkeys.withKey(key, app);
    }

    private Place challenged(Browser browser) {
        var page = passkeys.password(browser, person, app.authorize());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        return page;
    }

    private void refused(Place page) {
        assertThat(page.screen()).as(page.html()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(page.html()).contains("wasn’t recognized");
    }

    @Test
    void a_signature_is_good_in_the_sign_in_that_asked_for_it_once() {
        var browser = new Browser(tenant);
        var page = challenged(browser);
        var signed = key.sign(Passkeys.options(page), passkeys.origin());
        assertThat(browser.send(page, "response", signed).parameter("code")).isNotEmpty();
        var other = new Browser(tenant);
        refused(other.send(challenged(other), "response", signed));
        // Nor is one for a challenge of another sign-in that is still open.
        var open = challenged(new Browser(tenant));
        var third = new Browser(tenant);
        refused(third.send(challenged(third), "response", key.sign(Passkeys.options(open), passkeys.origin())));
    }

    @Test
    void a_challenge_that_was_answered_wrongly_is_spent() {
        var browser = new Browser(tenant);
        var page = challenged(browser);
        var options = Passkeys.options(page);
        page = browser.send(page, "response", "{}");
        refused(page);
        assertThat(Passkeys.options(page).path("challenge")).isNotEqualTo(options.path("challenge"));
        refused(browser.send(page, "response", key.sign(options, passkeys.origin())));
    }

    @Test
    void another_domain_another_key_another_owner_and_no_owner_at_all_are_refused() {
        var browser = new Browser(tenant);
        var page = challenged(browser);
        page = browser.send(page, "response", key.sign(Passkeys.options(page), "https://evil.example"));
        refused(page);
        page = browser.send(page, "response", key.sign(Passkeys.options(page), passkeys.origin(), "evil.example"));
        refused(page);
        page = browser.send(page, "response", new SoftKey().sign(Passkeys.options(page), passkeys.origin()));
        refused(page);
        var theirs = new SoftKey();
        passkeys.withKey(theirs, app);
        page = passkeys.sign(browser, page, theirs);
        refused(page);
        page = passkeys.sign(browser, page, key.ofAnotherOwner());
        refused(page);
        page = passkeys.sign(browser, page, key.unverified());
        refused(page);
    }

    @Test
    void who_comes_too_late_is_asked_anew() {
        var browser = new Browser(tenant);
        var page = challenged(browser);
        tenant.server().clock().advance(Duration.ofMinutes(6));
        page = passkeys.sign(browser, page, key);
        refused(page);
        assertThat(passkeys.sign(browser, page, key).parameter("code")).isNotEmpty();
    }

    @Test
    void a_key_that_was_removed_is_of_no_use_even_on_a_page_that_is_open() {
        var browser = new Browser(tenant);
        var page = challenged(browser);
        var admin = Admin.of(tenant);
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        assertThat(admin.delete(methods).status()).isEqualTo(204);
        page = passkeys.sign(browser, page, key);
        assertThat(page.parameter("code")).isEmpty();
    }

    @Test
    void of_two_copies_of_a_key_one_gets_in() throws Exception {
        for (int round = 0; round < 5; round++) {
            var pages = List.of(new Browser(tenant), new Browser(tenant));
            var attempts = pages.stream()
                    .map(browser -> {
                        var page = challenged(browser);
                        var copy = Passkeys.options(page);
                        return (Callable<Place>)
                                () -> browser.send(page, "response", key.signAgain(copy, passkeys.origin()));
                    })
                    .toList();
            key.count();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var in = 0;
                for (var one : pool.invokeAll(attempts))
                    if (!one.get().parameter("code").isEmpty()) in++;
                assertThat(in).isEqualTo(1);
            }
        }
        assertThat(log("gd_auth_failed")).contains("signature counter went back");
    }

    @Test
    void a_key_that_counts_nothing_is_not_taken_for_a_copy_and_one_page_is_answered_once() throws Exception {
        var synced = new SoftKey().countingNothing().synced();
        var owner = passkeys.withKey(synced, app);
        for (int round = 0; round < 3; round++) {
            var browser = new Browser(tenant);
            var page = passkeys.password(browser, owner, app.authorize());
            var signed = synced.sign(Passkeys.options(page), passkeys.origin());
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var one : pool.invokeAll(List.<Callable<Place>>of(
                        () -> browser.send(page, "response", signed), () -> browser.send(page, "response", signed))))
                    assertThat(one.get().status()).isLessThan(500);
            }
        }
        var succeeded = log("gd_auth_succeed").split("webauthn-roaming", -1).length - 1;
        // Two people bound one each, and three sign-ins followed.
        assertThat(succeeded).isEqualTo(5);
    }

    @Test
    void by_the_password_alone_nobody_binds_a_key_beside_another() {
        var newcomer = tenant.person();
        var attacker = new Browser(tenant);
        var page = passkeys.password(attacker, newcomer, app.authorize());
        page = attacker.send(page, "action", "webauthn-roaming");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        var made = new SoftKey().create(Passkeys.options(page), passkeys.origin());
        // Meanwhile the owner binds a phone.
        var number = TestTenant.newNumber();
        var owner = tenant.mfaToken(newcomer);
        Answer started = tenant.associate(owner, "sms", number);
        assertThat(tenant.verify(owner, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        page = attacker.send(page, "response", made);
        assertThat(page.parameter("code")).isEmpty();
        assertThat(page.screen()).startsWith("mfa-phone");
        var methods = Admin.of(tenant)
                .get("/users/" + newcomer.id().value() + "/authentication-methods")
                .body()
                .toString();
        assertThat(methods).doesNotContain("webauthn");
    }

    /** Who took over a number would be taken for its owner where no less than a passkey will do. */
    @Test
    void by_a_code_nobody_binds_a_passkey_beside_another() {
        var number = TestTenant.newNumber();
        var victim = tenant.enrolled(number);
        var attacker = new Browser(tenant);
        var page = passkeys.password(attacker, victim, app.authorize());
        page = passkeys.code(attacker, page, number, Passkeys.able());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        var made = new SoftKey().create(Passkeys.options(page), passkeys.origin());
        // Meanwhile the owner binds one, in a sign-in that asks for it.
        var owner = new Browser(tenant);
        var own = new SoftKey();
        var at = passkeys.password(owner, victim, app.authorize("acr_values", "phr"));
        at = passkeys.code(owner, at, number);
        at = passkeys.create(owner, at, own);
        at = owner.send(at, "nickname", "mine");
        assertThat(passkeys.sign(owner, at, own).parameter("code")).isNotEmpty();

        page = attacker.send(page, "response", made);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        var methods = "/users/" + victim.id().value() + "/authentication-methods";
        assertThat(Admin.of(tenant).get(methods).body().toString().split("\"webauthn-", -1))
                .hasSize(3);
        // Nor is one offered any more.
        tenant.server().clock().advance(Duration.ofDays(60));
        page = passkeys.password(attacker, victim, app.authorize("prompt", "login"));
        page = attacker.send(page, "action", "pick-authenticator");
        page = attacker.send(page, "action", "sms");
        assertThat(passkeys.code(attacker, page, number, Passkeys.able()).parameter("code"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "nonsense",
                "{\"id\":null,\"rawId\":null,\"response\":null,\"type\":null}",
                "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"AAAA\",\"authenticatorData\":\"AAAA\",\"signature\":\"AAAA\"},\"clientExtensionResults\":{}}",
                "{\"id\":\"!!\",\"rawId\":\"!!\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\"},\"clientExtensionResults\":{}}"
            })
    void garbage_is_a_refusal_and_no_failure(String response) {
        var browser = new Browser(tenant);
        refused(browser.send(challenged(browser), "response", response));
        var newcomer = tenant.person();
        var page = passkeys.password(browser, newcomer, app.authorize("prompt", "login"));
        page = browser.send(page, "action", "webauthn-roaming");
        page = browser.send(page, "response", response);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        assertThat(page.html()).contains("couldn’t be added");
        for (var error : List.of("showError::", "showError::{\"name\":\"<script>\"}", "showError::{\"name\":\"A\"}")) {
            page = browser.send(page, "action", error);
            assertThat(page.screen()).isEqualTo("mfa-webauthn-error");
            page = browser.send(page, "action", "tryagain");
        }
    }

    private String log(String type) {
        return Admin.of(tenant)
                .get("/logs?q=type:" + type + "&per_page=50")
                .body()
                .toString();
    }
}
