package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.HeldUser;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.client.Connections;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on which people manage their own methods. */
class AccountPageTest {
    private static final String ACCOUNT = "/u/account";
    private static final Pattern CHANGES = Pattern.compile("value=\"(change::[^\"]+)\"");
    private static final Pattern SEED = Pattern.compile("secret=([A-Z2-7]+)");
    private static final Pattern RECOVERY = Pattern.compile("data-secret=\"([A-Z0-9]{24})\"");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final String number = TestTenant.newNumber();
    private final String digits = number.substring(number.length() - 4);

    private void later(int minutes) {
        tenant.server().clock().advance(Duration.ofMinutes(minutes));
    }

    private Place password(Person person, Place page) {
        assertThat(page.screen()).as(page.html()).isEqualTo("login");
        return browser.send(page, "username", person.email(), "password", person.password());
    }

    private Place code(Place page, String number) {
        var at = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        return browser.send(at, "code", tenant.code(number));
    }

    private Place methods(Person person) {
        later(2);
        var page = code(password(person, browser.open(ACCOUNT)), number);
        assertThat(page.screen()).as(page.html()).isEqualTo("account");
        return page;
    }

    private static List<String> changes(Place page) {
        return CHANGES.matcher(page.html())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String found(Pattern pattern, Place page) {
        var found = pattern.matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return found.group(1);
    }

    @Test
    void it_asks_for_the_password_and_a_factor_and_a_session_whose_factor_is_young_is_enough() {
        var person = tenant.enrolled(number);
        var page = methods(person);
        assertThat(page.html()).contains(digits).doesNotContain(number);
        assertThat(changes(page)).as("the phone and the recovery code").hasSize(2);
        later(9);
        assertThat(browser.open(ACCOUNT).screen()).isEqualTo("account");
        later(6);
        assertThat(browser.open(ACCOUNT).screen())
                .as("the factor is asked again")
                .startsWith("mfa-");
        assertThat(browser.open(page.address()).status())
                .as("the first page is over")
                .isEqualTo(400);
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                .as("other applications go on")
                .isNotEmpty();
    }

    @Test
    void who_has_no_method_sets_one_up_first() {
        var person = tenant.person();
        var page = password(person, browser.open(ACCOUNT));
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        page = browser.send(page, "saved", "on");
        assertThat(page.screen()).as(page.html()).isEqualTo("account");
        assertThat(page.html()).contains(digits);
    }

    @Test
    void a_method_is_added_named_and_removed_and_the_owner_is_told() throws Exception {
        tenant.tellingOwners();
        var page = methods(tenant.enrolled(number));
        var second = TestTenant.newNumber();
        page = browser.send(page, "action", "add::phone");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.screen()).as("back").isEqualTo("account");
        page = browser.send(page, "action", "add::phone");
        page = browser.send(page, "phone", second, "type", "sms");
        page = browser.send(page, "code", tenant.code(second));
        assertThat(page.screen()).as(page.html()).isEqualTo("account");
        assertThat(page.html()).contains(second.substring(second.length() - 4));

        page = browser.send(page, "action", "add::otp");
        var seed = found(SEED, page);
        page = browser.send(
                page, "code", new TotpApp(seed).code(tenant.server().clock().instant()));
        assertThat(changes(page)).hasSize(4);

        var at = page;
        var ofSecond = changes(page).stream()
                .filter(change -> {
                    var shown = browser.send(at, "action", change);
                    var its = shown.html().contains(second.substring(second.length() - 4));
                    browser.send(shown, "action", "back-action");
                    return its;
                })
                .findFirst()
                .orElseThrow();
        page = browser.send(page, "action", ofSecond);
        assertThat(page.screen()).isEqualTo("account-method");
        var tooLong = browser.send(page, "nickname", "x".repeat(21));
        assertThat(tooLong.status()).isEqualTo(400);
        page = browser.send(page, "nickname", "At <work>", "type", "voice");
        assertThat(page.screen()).isEqualTo("account");
        assertThat(page.html()).contains("At &lt;work&gt;");

        page = browser.send(page, "action", ofSecond);
        page = browser.send(page, "action", "remove");
        assertThat(page.screen()).isEqualTo("account-remove");
        page = browser.send(page, "action", "remove");
        assertThat(page.screen()).as(page.html()).isEqualTo("account");
        assertThat(page.html()).doesNotContain("At &lt;work&gt;");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                .as("this browser stays signed in")
                .isNotEmpty();
        for (var told : List.of("was added", "was changed", "was removed"))
            Eventually.holds(
                    told,
                    () -> tenant.server().carrier().noticesTo(number).stream().anyMatch(text -> text.contains(told)));
    }

    @Test
    void a_new_recovery_code_takes_the_place_of_the_one_before() throws Exception {
        tenant.tellingOwners();
        var person = tenant.enrolled(number);
        var page = browser.send(methods(person), "action", "new-recovery-code");
        var code = found(RECOVERY, page);
        page = browser.send(page, "saved", "on");
        assertThat(page.screen()).isEqualTo("account");
        var grant = "http://auth0.com/oauth/grant-type/mfa-recovery-code";
        assertThat(tenant.token(grant, "mfa_token", tenant.mfaToken(person), "recovery_code", code)
                        .status())
                .isEqualTo(200);
        Eventually.holds(
                "a notice",
                () -> tenant.server().carrier().noticesTo(number).stream()
                        .anyMatch(text -> text.contains("recovery code")));
    }

    @Test
    void of_a_form_that_is_sent_twice_the_code_that_is_shown_counts() throws Exception {
        var person = tenant.enrolled(number);
        var page = methods(person);
        Callable<Place> press = () -> browser.send(page, "action", "new-recovery-code");
        var codes = HeldUser.answers(tenant, person, List.of(press, press), "").stream()
                .map(shown -> found(RECOVERY, shown))
                .toList();
        assertThat(codes.getFirst()).isEqualTo(codes.getLast());
        assertThat(Admin.of(tenant)
                        .get("/logs?q=type:gd_enrollment_complete&per_page=50")
                        .body()
                        .toString()
                        .split("Recovery code made anew", -1))
                .as("made once")
                .hasSize(2);
        var grant = "http://auth0.com/oauth/grant-type/mfa-recovery-code";
        assertThat(tenant.token(grant, "mfa_token", tenant.mfaToken(person), "recovery_code", codes.getFirst())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void beside_a_passkey_a_code_binds_no_other() {
        var passkeys = Passkeys.of(tenant, "sms", "recovery-code", "webauthn-roaming");
        var page = methods(tenant.enrolled(number));
        page = browser.send(page, "action", "add::webauthn-roaming");
        page = passkeys.create(browser, page, new SoftKey());
        page = browser.send(page, "nickname", "key ring");
        assertThat(page.screen()).as(page.html()).isEqualTo("account");
        assertThat(page.html()).contains("key ring").doesNotContain("add::webauthn-roaming");
        page = browser.send(page, "action", "add::webauthn-roaming");
        assertThat(page.screen()).isEqualTo("account");
        assertThat(page.html()).as("it counts as much").doesNotContain("new-recovery-code");
        page = browser.send(page, "action", "new-recovery-code");
        assertThat(page.screen()).isEqualTo("account");
    }

    @Test
    void another_users_method_garbage_and_what_was_removed_lead_back_to_the_list() {
        var theirs = tenant.enrolled(TestTenant.newNumber());
        var admin = Admin.of(tenant);
        var id = admin.get("/users/" + theirs.id().value() + "/authentication-methods")
                .body()
                .path(0)
                .path("id")
                .asString();
        var page = methods(tenant.enrolled(number));
        for (var action : List.of(
                "change::" + id.substring(id.indexOf('|') + 1),
                "change::",
                "change::x",
                "add::fax",
                "add::",
                "remove",
                "")) assertThat(browser.send(page, "action", action).screen()).isEqualTo("account");
        var change = changes(page).getFirst();
        var shown = browser.send(page, "action", change);
        admin.delete("/users/" + theirs.id().value() + "/authentication-methods");
        assertThat(shown.screen()).isEqualTo("account-method");
        assertThat(admin.get("/users/" + theirs.id().value() + "/authentication-methods")
                        .body()
                        .size())
                .isZero();
    }

    @Test
    void its_parameters_are_checked_before_they_are_kept() {
        assertThat(browser.open(ACCOUNT + "?ui_locales=de").html()).contains("lang=\"de\"");
        for (var locales : List.of("%00", "x".repeat(4_000), "%F0%9F%98%80", "%3Cb%3E"))
            assertThat(browser.open(ACCOUNT + "?ui_locales=" + locales).screen())
                    .isEqualTo("login");
        for (var connection : List.of("%00", "nobodys", "x".repeat(4_000)))
            assertThat(browser.open(ACCOUNT + "?connection=" + connection).status())
                    .isEqualTo(400);
        assertThat(browser.open(ACCOUNT + "?connection=" + Connections.DEFAULT).screen())
                .isEqualTo("login");
    }

    @Test
    void a_directory_that_no_client_may_use_has_no_page_and_its_sessions_are_nobodys() {
        var person = tenant.enrolled(number);
        methods(person);
        var admin = Admin.of(tenant);
        var connection = "/connections/"
                + admin.get("/connections?name=" + Connections.DEFAULT)
                        .body()
                        .path(0)
                        .path("id")
                        .asString();
        tenant.client("other", "the-secret-of-another");
        assertThat(admin.patch(connection, "{'enabled_clients':['other']}").status())
                .isEqualTo(200);
        later(1);
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .as("the directory is another application's")
                .isEqualTo("login_required");
        assertThat(browser.open(app.authorize()).screen()).isEqualTo("login");
        assertThat(browser.open(ACCOUNT).screen()).as("of any of them").isEqualTo("account");

        assertThat(admin.patch(connection, "{'enabled_clients':[]}").status()).isEqualTo(200);
        later(1);
        assertThat(browser.open(ACCOUNT + "?connection=" + Connections.DEFAULT).status())
                .isEqualTo(400);
        var page = password(person, browser.open(ACCOUNT));
        assertThat(page.status()).as(page.html()).isEqualTo(400);
        assertThat(page.screen()).isEqualTo("login");
    }

    @Test
    void what_an_administrator_resets_or_blocks_ends_the_page() {
        var person = tenant.enrolled(number);
        var page = methods(person);
        var admin = Admin.of(tenant);
        admin.patch("/users/" + person.id().value(), Map.of("blocked", true));
        assertThat(browser.send(page, "action", "new-recovery-code").status()).isEqualTo(400);
        assertThat(browser.open(page.address()).status()).isEqualTo(400);
    }

    @Test
    void what_is_done_there_keeps_no_proof_young() {
        methods(tenant.enrolled(number));
        later(14);
        var page = browser.open(ACCOUNT);
        assertThat(page.screen()).as("just young enough").isEqualTo("account");
        page = browser.send(browser.send(page, "action", "new-recovery-code"), "saved", "on");
        for (var change : changes(page)) {
            var shown = browser.send(page, "action", change);
            page = shown.html().contains(digits)
                    ? browser.send(shown, "action", "back-action")
                    : browser.send(browser.send(shown, "action", "remove"), "action", "remove");
        }
        assertThat(changes(page)).as("the recovery code is gone").hasSize(1);
        later(2);
        assertThat(browser.open(ACCOUNT).screen()).startsWith("mfa-");
    }

    @Test
    void a_factor_that_is_proved_anew_makes_the_session_young() {
        methods(tenant.enrolled(number));
        later(60);
        assertThat(code(browser.open(ACCOUNT), number).screen()).isEqualTo("account");
        later(1);
        assertThat(browser.open(ACCOUNT).screen())
                .as("what was proved a minute ago is not asked again")
                .isEqualTo("account");
    }

    @Test
    void the_last_one_is_removed_after_a_warning() {
        var page = methods(tenant.enrolled(number));
        for (var change : changes(page)) {
            var shown = browser.send(page, "action", change);
            if (!shown.html().contains(digits)) {
                browser.send(shown, "action", "back-action");
                continue;
            }
            var asked = browser.send(shown, "action", "remove");
            assertThat(asked.html()).contains("only your password");
            page = browser.send(asked, "action", "remove");
            break;
        }
        assertThat(changes(page)).as("the recovery code goes with it").isEmpty();
        assertThat(page.html()).contains("You haven’t set up a method yet.");
    }
}
